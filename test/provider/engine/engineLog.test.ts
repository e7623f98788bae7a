import assert from "node:assert/strict";
import { message, oneLine } from "../../../provider/apify/message";
import { engineAddress } from "../../../provider/engine/watchEngine";
import { createEngineLog, resourceReporter } from "../../../provider/engine/engineLog";
import { startEngine } from "../../support/engine";
import type { FakeEngine } from "../../support/engine";

const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/apify:TaskRun::prices";

function neverPrint(text: string): void {
  assert.fail(`printed: ${text}`);
}

describe("the log of a resource", () => {
  let engine: FakeEngine | undefined;
  afterEach(() => {
    engine?.close();
    engine = undefined;
  });

  it("shows lines that stay and a status that the next one replaces", async () => {
    engine = await startEngine();
    const report = resourceReporter(urn, createEngineLog(engine.address, neverPrint));
    report.status(message`starting`);
    report.line(message`Run run1 started`);
    report.status(message`RUNNING`);
    await report.shown();
    assert.deepEqual(engine.lines, [
      { text: "starting", urn, ephemeral: true },
      { text: "Run run1 started", urn, ephemeral: false },
      { text: "RUNNING", urn, ephemeral: true },
    ]);
  });

  it("shows a status once as long as it stays the same", async () => {
    engine = await startEngine();
    const report = resourceReporter(urn, createEngineLog(engine.address, neverPrint));
    for (const text of ["a", "a", "b", "b", "a"]) report.status(oneLine(text));
    await report.shown();
    assert.deepEqual(
      engine.lines.map(({ text }) => text),
      ["a", "b", "a"],
    );
  });

  it("shows a status that stays the same once more after 40 s", () => {
    let millis = 0;
    const shown: string[] = [];
    const report = resourceReporter(
      urn,
      {
        write: (_kind, _urn, text) => void shown.push(`${text} after ${millis}`),
        flush: () => Promise.resolve(),
      },
      () => millis,
    );
    for (millis of [0, 39_999, 40_000, 79_999, 80_001]) report.status(message`RUNNING`);
    report.status(message`SUCCEEDED`);
    assert.deepEqual(shown, [
      "RUNNING after 0",
      "RUNNING after 40000",
      "RUNNING after 80001",
      "SUCCEEDED after 80001",
    ]);
  });

  it("shows a line of a log each time", async () => {
    engine = await startEngine();
    const report = resourceReporter(urn, createEngineLog(engine.address, neverPrint));
    for (const text of ["a", "a", "b"]) report.log(oneLine(text));
    report.line(message`a`);
    await report.shown();
    assert.deepEqual(
      engine.lines.map(({ text, ephemeral }) => [text, ephemeral]),
      [
        ["a", false],
        ["a", false],
        ["b", false],
        ["a", false],
      ],
    );
  });

  it("shows a line that stays once for each resource, however often it is said", async () => {
    engine = await startEngine();
    const log = createEngineLog(engine.address, neverPrint);
    for (const text of ["a", "b", "a"]) resourceReporter(urn, log).line(oneLine(text));
    resourceReporter(`${urn}-2`, log).line(message`a`);
    await log.flush();
    assert.deepEqual(
      engine.lines.map((line) => [line.text, line.urn === urn]),
      [
        ["a", true],
        ["b", true],
        ["a", false],
      ],
    );
  });

  it("sends the next line only when the engine has taken the one before", async () => {
    let open = 0;
    const overlaps: string[] = [];
    engine = await startEngine(({ text }, take) => {
      open++;
      if (open > 1) overlaps.push(text);
      setImmediate(() => {
        open--;
        take();
      });
    });
    const log = createEngineLog(engine.address, neverPrint);
    const reporters = ["one", "two"].map((name) => resourceReporter(`${urn}-${name}`, log));
    const sent = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    sent.forEach((text, index) => reporters[index % 2]?.line(oneLine(text)));
    await log.flush();
    assert.deepEqual(
      engine.lines.map(({ text }) => text),
      sent,
    );
    assert.deepEqual(overlaps, []);
  });

  it("prints a line that stays, and no status, when the engine refuses both", async () => {
    engine = await startEngine((_line, take) => {
      take(new Error("no"));
    });
    const printed: string[] = [];
    const report = resourceReporter(
      urn,
      createEngineLog(engine.address, (text) => printed.push(text)),
    );
    report.status(message`a status`);
    report.line(message`a line`);
    report.line(message`the last line`);
    await report.shown();
    assert.deepEqual(printed, ["a line", "the last line"]);
  });

  for (const address of [undefined, "", "test/pulumi/x.test.ts", "--port=5", "127.0.0.1", ":5 x"]) {
    it(`prints lines that stay, and no status, where ${JSON.stringify(address)} is no engine`, () => {
      const printed: string[] = [];
      const report = resourceReporter(
        urn,
        createEngineLog(engineAddress(address), (text) => printed.push(text)),
      );
      report.status(message`a status`);
      report.line(message`a line`);
      assert.deepEqual(printed, ["a line"]);
    });
  }

  it("prints nothing that the engine takes", async () => {
    engine = await startEngine();
    const printed: string[] = [];
    const report = resourceReporter(
      urn,
      createEngineLog(engine.address, (text) => printed.push(text)),
    );
    report.line(message`a line`);
    await report.shown();
    assert.equal(engine.lines.length, 1);
    assert.deepEqual(printed, []);
  });

  it("has nothing to wait for when nothing was to be shown", async () => {
    await createEngineLog(undefined, neverPrint).flush();
  });

  it("waits until the engine has taken what was to be shown", async () => {
    const order: string[] = [];
    engine = await startEngine((_line, take) => {
      setImmediate(() => {
        order.push("taken");
        take();
      });
    });
    const report = resourceReporter(urn, createEngineLog(engine.address, neverPrint));
    report.line(message`a line`);
    report.status(message`a status`);
    await report.shown();
    assert.deepEqual([...order, "shown"], ["taken", "taken", "shown"]);
  });

  it("prints lines that stay when it does not know its resource", async () => {
    engine = await startEngine();
    const printed: string[] = [];
    const report = resourceReporter(
      undefined,
      createEngineLog(engine.address, (text) => printed.push(text)),
    );
    report.status(message`a status`);
    report.line(message`a line`);
    assert.deepEqual(printed, ["a line"]);
    assert.deepEqual(engine.lines, []);
  });
});
