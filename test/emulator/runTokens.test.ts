import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import {
  assertError,
  closeEmulatorsAfterEach,
  startTestEmulator,
  withActor,
} from "./support/emulator";
import type { IncomingMessage } from "node:http";
import type { TestEmulator } from "./support/emulator";
import type { ActorContext, Run } from "../../emulator";

/** An emulator with a run that goes on until a test ends it, and the run's token. */
async function runWithToken(): Promise<{ emulator: TestEmulator; id: string; token: string }> {
  let token = "";
  const run = ({ env }: ActorContext): Promise<void> => {
    token = env.APIFY_TOKEN ?? "";
    return new Promise(() => undefined);
  };
  const emulator = await startTestEmulator({ declaration: withActor({ run }) });
  const { id } = await emulator.startRun();
  emulator.clock.advance(0);
  await emulator.whenRun(({ status }) => status === "RUNNING");
  assert.match(token, /^apify_api_run_/);
  return { emulator, id, token };
}

describe("the token of a run", () => {
  closeEmulatorsAfterEach();

  it("is valid until the run ends, and again once the run is resurrected", async () => {
    const { emulator, id, token } = await runWithToken();
    const me = "GET /v2/users/me";
    assert.equal((await emulator.call(me, { token })).status, 200);
    await emulator.call(`POST /v2/actor-runs/${id}/abort?gracefully=1`);
    assert.equal(emulator.run(id)?.status, "ABORTING");
    assert.equal((await emulator.call(me, { token })).status, 200);
    emulator.finish(id);
    assertError(await emulator.call(me, { token }), 401, "user-or-token-not-found");
    // As with any other token that is not valid, also where a request needs none.
    const open = await emulator.call(`GET /v2/actor-runs/${id}`, { token });
    assertError(open, 401, "user-or-token-not-found");
    await emulator.call(`POST /v2/actor-runs/${id}/resurrect`);
    assert.equal((await emulator.call(me, { token })).status, 200);
  });

  it("stays valid when the run reboots, metamorphs or migrates", async () => {
    const { emulator, id, token } = await runWithToken();
    const run = `/v2/actor-runs/${id}`;
    for (const path of [
      `POST ${run}/reboot`,
      `POST ${run}/metamorph?targetActorId=janedoe~actor`,
      `GET ${run}`,
    ]) {
      const reply = await emulator.call<Run>(path, { token });
      assert.ok(reply.status < 300, `${path}\n${reply.text}`);
    }
    emulator.migrate(id);
    emulator.clock.advance(5000);
    assert.equal((await emulator.call(`GET ${run}`, { token })).status, 200);
  });

  it("still carries out a request that had begun when the run ended", async () => {
    const { emulator, id, token } = await runWithToken();
    const { defaultDatasetId } = (await emulator.call<Run>(`GET /v2/actor-runs/${id}`)).data;
    const sent = request(`${emulator.url}/v2/datasets/${defaultDatasetId}/items`, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${token}`,
        "Content-Type": "application/json",
        Expect: "100-continue",
      },
    });
    sent.flushHeaders();
    await once(sent, "continue");
    emulator.finish(id);
    sent.end(JSON.stringify([{ last: true }]));
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    response.resume();
    assert.equal(response.statusCode, 201);
    assert.deepEqual(emulator.dataset(defaultDatasetId), [{ last: true }]);
  });

  it("tells the requests of the Actor from those of clients also when it is refused", async () => {
    const { emulator, id, token } = await runWithToken();
    emulator.finish(id);
    emulator.clearRequests();
    await emulator.call(`PUT /v2/actor-runs/${id}`, { token, json: { statusMessage: "late" } });
    assert.deepEqual(emulator.writes(), []);
    const [late] = emulator.requests;
    assert.deepEqual([late?.actorRunId, late?.authorized], [id, false]);
  });
});
