import assert from "node:assert/strict";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { realClock } from "../../emulator";
import { bytes, ok } from "../../emulator/http/answer";
import { listen, shutDown, trackConnections } from "../../emulator/http/listening";
import { createRecorder } from "../../emulator/http/recorder";
import { openRoute } from "../../emulator/http/router";
import { createRouter } from "../../emulator/http/router";
import { createApiServer } from "../../emulator/http/server";
import { completeSettings } from "../../emulator/settings";
import { answerTo, bodyOf, openConnection } from "./support/rawConnection";
import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { ConnectionLimits } from "../../emulator/http/connectionLimits";
import type { Route } from "../../emulator/http/router";
import type { EmulatorState } from "../../emulator/state/emulatorState";

const head = "POST /v2/wait HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
const slow = { headersMillis: 300, requestMillis: 300, checkMillis: 20 };

describe("a slow client", () => {
  const closers: (() => Promise<void>)[] = [];

  afterEach(async () => {
    await Promise.all(closers.splice(0).map((close) => close()));
  });

  const start = async (
    limits: Partial<ConnectionLimits>,
    routes: readonly Route[] = [],
  ): Promise<{ url: string; server: Server }> => {
    const url = "http://127.0.0.1";
    const journalProblem = (): undefined => undefined;
    const state = {
      clock: realClock,
      settings: completeSettings({}),
      users: [],
      url,
      journalProblem,
    };
    const parts = {
      router: createRouter(routes),
      pages: (): undefined => undefined,
      recorder: createRecorder(),
      interceptors: new Set<never>(),
    };
    const server = createApiServer(state as unknown as EmulatorState, parts, limits);
    const connections = trackConnections(server);
    closers.push(() => shutDown(server, connections));
    return { url: await listen(server, 0), server };
  };

  for (const [what, sent] of [
    ["sends nothing", ""],
    ["does not end its headers", head],
    ["does not end its body", `${head}Content-Length: 9\r\n\r\n{`],
    ["does not end its chunks", `${head}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`],
  ] as const) {
    it(`is told so and cut off if it ${what}`, async () => {
      const answer = await answerTo(await start(slow), sent);
      assert.match(answer, /^HTTP\/1\.1 408 /);
      const { error } = bodyOf(answer) as { error: { message: string } };
      assert.match(error.message, /timeout/i);
    });
  }

  it("is not one whose answer takes long", async () => {
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const wait = openRoute("POST /v2/wait", async () => {
      await finished;
      return ok("waited");
    });
    const server = await start(slow, [wait]);
    const waiting = answerTo(server, `${head}\r\n`);
    // Each of these is open for as long as a client may take.
    assert.match(await answerTo(server, ""), / 408 /);
    assert.match(await answerTo(server, ""), / 408 /);
    finish();
    assert.match(await waiting, /^HTTP\/1\.1 200 /);
  });

  it("is cut off if it does not read its answer", async () => {
    const large = openRoute("POST /v2/wait", () => bytes(Buffer.alloc(64 * 2 ** 20), "a/b"));
    const { url, server } = await start({ unreadAnswerMillis: 300 }, [large]);
    const connected = once(server, "connection") as Promise<[Socket]>;
    const client = await openConnection({ url });
    const [served] = await connected;
    client.pause().write(`${head}\r\n`);
    await once(served, "close");
    const received = await text(client).catch((error: unknown) => String(error));
    assert.ok(received.length < 64 * 2 ** 20);
  });
});
