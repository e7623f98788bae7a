import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { watchEngine } from "../../../provider/engine/watchEngine";
import { testServers } from "../../support/httpServer";
import { testProcesses } from "../support/childProcess";
import { startHttp2Engine } from "../support/http2Engine";
import type { AddressInfo } from "node:net";
import type { Http2Engine } from "../support/http2Engine";

const watching = `
  const { watchEngine } = require("./provider/engine/watchEngine");
  watchEngine(process.argv[2], () => console.log("gone"));
`;

describe("the watch over the engine", () => {
  const { nobody } = testServers();
  const { runScript } = testProcesses();
  let engine: Http2Engine;
  let calls: number;
  let gone: Promise<void>;
  let onGone: () => void;
  beforeEach(async () => {
    engine = await startHttp2Engine();
    calls = 0;
    gone = new Promise((resolve) => {
      onGone = () => {
        calls++;
        resolve();
      };
    });
  });
  afterEach(() => {
    engine.stop();
  });

  /** Gives what was said once more, or too early, the time to show. */
  async function settle(): Promise<void> {
    for (let turns = 0; turns < 50; turns++) await turn();
  }

  it("calls back once when the engine is gone", async () => {
    watchEngine(engine.address, onGone);
    await engine.connections(1);
    await settle();
    assert.equal(calls, 0);
    engine.stop();
    await gone;
    await settle();
    assert.equal(calls, 1);
  });

  it("connects again when only the connection ended, and calls back when the engine is gone", async () => {
    watchEngine(engine.address, onGone);
    for (const count of [1, 2, 3]) {
      await engine.connections(count);
      engine.disconnect();
    }
    await engine.connections(4);
    await settle();
    assert.equal(calls, 0);
    engine.stop();
    await gone;
    await settle();
    assert.equal(calls, 1);
  });

  it("calls back when the engine goes while it is being connected to again", async () => {
    let connections = 0;
    const server = createServer((socket) => {
      // The second connection only asks whether anybody listens; then nobody does any more.
      connections++;
      if (connections === 2) server.close();
      socket.destroy();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    watchEngine(`127.0.0.1:${(server.address() as AddressInfo).port}`, onGone);
    await gone;
    await settle();
    assert.equal(calls, 1);
  });

  it("never calls back for an engine that was never there", async () => {
    const { baseUrl } = await nobody();
    const { host } = new URL(baseUrl);
    const { code, output } = await runScript(watching, host).over;
    assert.deepEqual({ code, output }, { code: 0, output: "" });
  });

  it("does not keep the process alive", async () => {
    const child = runScript(watching, engine.address);
    await engine.connections(1);
    const { code, output } = await child.over;
    assert.deepEqual({ code, output }, { code: 0, output: "" });
  });
});
