import assert from "node:assert/strict";
import { lastingOperation } from "../../../provider/engine/engine";
import { testProcesses } from "../support/childProcess";
import { startHttp2Engine } from "../support/http2Engine";
import type { Http2Engine } from "../support/http2Engine";

/** A host with an operation that ends when it is told to, and never by itself. */
const host = `
  const { lastingOperation } = require("./provider/engine/engine");
  const operation = (signal) => new Promise((answer) => {
    const keepAlive = setInterval(() => undefined, 1000);
    signal.addEventListener("abort", () => {
      clearInterval(keepAlive);
      answer("answered");
    });
  });
  const both = [lastingOperation(operation), lastingOperation(operation)];
  Promise.all(both).then(console.log);
  console.log("under way");
`;

describe("an operation that lasts", () => {
  const { runScript } = testProcesses();
  let engine: Http2Engine | undefined;
  afterEach(() => {
    engine?.stop();
    engine = undefined;
  });

  it("gives what it gives, without an engine", async () => {
    let aborted: boolean | undefined;
    const given = await lastingOperation((signal) => {
      aborted = signal.aborted;
      return Promise.resolve(5);
    });
    assert.equal(given, 5);
    assert.equal(aborted, false);
    assert.equal(process.listenerCount("SIGINT"), 0);
  });

  it("answers when the engine interrupts it, and then the process ends", async () => {
    engine = await startHttp2Engine();
    const child = runScript(host, engine.address);
    await child.printed("under way");
    await engine.connections(1);
    child.interrupt();
    const { code, output } = await child.over;
    assert.equal(code, 130);
    assert.match(output, /\[ 'answered', 'answered' \]/);
    assert.equal(engine.made(), 1, "one connection watches for all operations");
  });

  it("ends with the process when the engine is gone", async () => {
    engine = await startHttp2Engine();
    const child = runScript(host, engine.address);
    await child.printed("under way");
    await engine.connections(1);
    engine.stop();
    const { code, output } = await child.over;
    assert.equal(code, 1);
    assert.doesNotMatch(output, /answered/);
  });
});
