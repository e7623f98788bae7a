import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { connectEngine, detectAudience } from "../../../provider/engine/engine";
import { testProcesses } from "../support/childProcess";
import { startHttp2Engine } from "../support/http2Engine";
import type { Http2Engine } from "../support/http2Engine";

/** A host with two operations that end when they are interrupted, and never by themselves. */
const host = `
  const { connectEngine } = require("./provider/engine/engine");
  const engine = connectEngine(process);
  const operation = () => new Promise((answer) => {
    const { signal, end } = engine.beginOperation();
    const keepAlive = setInterval(() => undefined, 1000);
    signal.addEventListener("abort", () => {
      clearInterval(keepAlive);
      answer("answered");
      end();
    });
  });
  Promise.all([operation(), operation()]).then(console.log);
  console.log("under way");
`;

describe("an operation that lasts", () => {
  const { runScript } = testProcesses();
  let engine: Http2Engine | undefined;
  afterEach(() => {
    engine?.stop();
    engine = undefined;
  });

  it("is not interrupted without an engine, and leaves no listener behind", () => {
    const { signal, end } = connectEngine(process).beginOperation();
    assert.equal(signal.aborted, false);
    assert.equal(process.listenerCount("SIGINT"), 1);
    end();
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

const script = `
  require("ts-node/register/transpile-only");
  const { detectAudience } = require("./provider/engine/engine");
  require("node:fs").writeSync(1, detectAudience());
`;
const root = resolve(__dirname, "../../..");

describe("who sees the progress", () => {
  it("is somebody at a terminal when the process has one, whatever its output is", () => {
    const command = `node -e '${script}' | cat`;
    const options = { cwd: root, encoding: "utf8" } as const;
    assert.match(execFileSync("script", ["-qec", command, "/dev/null"], options), /^terminal/);
  });

  it("is nobody when the process has no terminal, as in a CI job", () => {
    const options = { cwd: root, encoding: "utf8" } as const;
    assert.equal(execFileSync("setsid", ["-w", process.execPath, "-e", script], options), "none");
  });

  it("is nobody where there are no terminals", () => {
    assert.equal(detectAudience("/no/such/terminal"), "none");
  });
});
