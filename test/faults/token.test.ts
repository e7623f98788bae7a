import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { otherRequests, runUnderFault, theStart, theWait } from "./support/requestCases";
import { closeWorld, describeFaults, openFaultyWorld } from "./support/describeFaults";
import { isRequestTo } from "../../emulator";
import { errorsOf, expectNoToken } from "./support/acceptance";
import { atSeconds, theRun } from "./support/runEvents";
import { token } from "./support/world";
import type { AddressInfo } from "node:net";
import type { FaultAnswer } from "../../emulator";

const answer = (patch: Partial<FaultAnswer>): FaultAnswer => ({
  kind: "answer",
  work: "none",
  status: 400,
  ...patch,
});

/** Answers that give the token away, as proxies and careless servers do. */
const echoes: Readonly<Record<string, FaultAnswer>> = {
  "in the message": answer({ type: "t", message: `The token ${token} may not do that.` }),
  "in the type": answer({ type: `bad-${token}`, message: "No." }),
  "in the data": answer({
    type: "t",
    message: "No.",
    data: { approvalUrl: `https://x/?t=${token}` },
  }),
  "in a page": answer({
    body: `<html><title>${token}</title>Authorization: Bearer ${token}</html>`,
  }),
  "in plain text": answer({ body: `Bearer ${token}` }),
  "in the middle of a long text": answer({ body: `${"x".repeat(290)}${token}` }),
  "in the address of a redirect": answer({
    status: 302,
    headers: { Location: `http://127.0.0.1:9/?token=${token}` },
    body: "",
  }),
  "in a success that makes no sense": answer({ status: 200, body: `{"data":"${token}"}` }),
  "in a success that is not JSON": answer({ status: 200, body: token }),
  "in an error of the server": answer({ status: 500, type: "t", message: token }),
};

describeFaults("the token is shown to nobody when Apify", () => {
  for (const [where, fault] of Object.entries(echoes)) {
    it(`gives it away ${where}`, async () => {
      for (const requestCase of [theStart, ...otherRequests]) {
        // A run is waited for through ten minutes of trouble.
        const times = requestCase === theWait ? 5 : Infinity;
        const { world, stack, errors } = await runUnderFault(requestCase, { fault, times });
        assert.ok(errors.length > 0 || fault.status === 200 || requestCase === theWait);
        expectNoToken(world, stack);
        await closeWorld(world);
      }
    });
  }

  for (const [form, written] of [
    ["as it is", token],
    ["with escapes", Array.from(token, (c) => `\\u00${c.charCodeAt(0).toString(16)}`).join("")],
  ] as const) {
    for (const waitSecs of [0, 600]) {
      it(`sends it back ${form} in the answer to a start, with waitSecs ${waitSecs}`, async () => {
        const world = await openFaultyWorld();
        const stack = world.stack();
        world.emulator.use(async (request, exchange) => {
          if (!isRequestTo("startRun", request)) return "pass";
          const { body, ...answered } = await exchange.serve();
          const echoed = `"statusMessage":"Calling with ${written}","gitBranchName":`;
          const echo = body.toString().replace('"gitBranchName":', echoed);
          assert.ok(echo.includes(written));
          exchange.send({ ...answered, body: Buffer.from(echo) });
          return "handled";
        });
        const program = { prices: { actorTaskId: "janedoe~quick", waitSecs } };
        assert.deepEqual(await errorsOf(world, stack.up(program)), []);
        const { statusMessage } = stack.state.get("prices")?.outputs.run ?? {};
        if (waitSecs === 0) assert.equal(statusMessage, "Calling with [token]");
        expectNoToken(world, stack);
      });
    }
  }

  it("sends it back in the log of a run that failed", async () => {
    const world = await openFaultyWorld();
    const stack = world.stack();
    const body = `2026-01-01T00:00:00.000Z APIFY_TOKEN=${token}\n`;
    world.emulator.faults.inject({ endpoint: "getRunLog", fault: answer({ status: 200, body }) });
    atSeconds(world, 20, () => {
      world.emulator.finish(theRun(world), { exitCode: 1 });
    });
    const program = { prices: { actorTaskId: "janedoe~by-hand" } };
    assert.match((await errorsOf(world, stack.up(program))).join(), /APIFY_TOKEN=/);
    expectNoToken(world, stack);
  });

  it("sends it back in the status message of a run", async () => {
    const world = await openFaultyWorld();
    const stack = world.stack();
    atSeconds(world, 20, () => {
      world.emulator.setStatus(theRun(world), { statusMessage: `Calling with ${token}` });
    });
    atSeconds(world, 60, () => {
      world.emulator.finish(theRun(world));
    });
    const program = { prices: { actorTaskId: "janedoe~by-hand" } };
    assert.deepEqual(await errorsOf(world, stack.up(program)), []);
    assert.ok(world.shown.some((line) => line.includes("Calling with")));
    expectNoToken(world, stack);
  });
});

describeFaults("the token is sent to nobody else when Apify", () => {
  it("redirects to another host", async () => {
    const heard: string[] = [];
    const other = createServer((request, response) => {
      heard.push(JSON.stringify([request.url, request.headers]));
      response.writeHead(404).end();
    }).listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    for (const requestCase of [theStart, ...otherRequests]) {
      for (const status of [301, 302, 307, 308]) {
        const headers = { Location: `http://127.0.0.1:${port}/v2/elsewhere` };
        const fault = answer({ status, headers, body: "" });
        const { world } = await runUnderFault(requestCase, { fault });
        await closeWorld(world);
      }
    }
    other.closeAllConnections();
    other.close();
    assert.ok(heard.length > 0);
    assert.deepEqual(
      heard.filter((request) => request.includes(token)),
      [],
    );
  });
});
