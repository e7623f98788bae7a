import assert from "node:assert/strict";
import { create } from "../../../../provider/resources/taskRun/create";
import { update } from "../../../../provider/resources/taskRun/update";
import { aState, startApify } from "../../support/taskRuns";
import type { Fault } from "../../../../emulator";
import type { TestApify } from "../../support/taskRuns";

const args = { actorTaskId: "janedoe~scrape", showLog: true };

const faults: readonly Fault[] = [
  { kind: "reset", when: "beforeWork" },
  { kind: "stall", when: "beforeWork" },
  { kind: "stallBody" },
  { kind: "cutBody" },
  { kind: "emptyBody" },
  { kind: "answer", work: "none", status: 404, type: "record-not-found" },
  { kind: "answer", work: "none", status: 429, headers: { "Retry-After": "3600" } },
  { kind: "answer", work: "none", status: 500 },
  { kind: "answer", work: "none", status: 200, body: "x".repeat(20 * 1024 * 1024) },
  { kind: "answer", work: "none", status: 200, body: "line\n".repeat(200_000) },
];

describe("a wait that shows the log", () => {
  let apify: TestApify;
  beforeEach(async () => {
    apify = await startApify();
  });
  afterEach(() => apify.close());

  for (const fault of faults) {
    const { body, ...rest } = { body: "", ...fault };
    const what = `${JSON.stringify(rest)}${body.length > 0 ? ` with ${body.length} characters` : ""}`;
    it(`is none the worse for a log that ends in ${what}`, async () => {
      apify.emulator.faults.inject({ endpoint: "getRunLog", fault, times: Infinity });
      apify.whenPolled((runId) => {
        apify.emulator.finish(runId);
      });
      const context = apify.context();
      const { run } = await create(context, args);
      assert.equal(run.status, "SUCCEEDED");
      assert.ok(context.lines.length < 50, `${context.lines.length} lines`);
      for (const line of context.lines) assert.ok(line.length < 1100, `${line.length} characters`);
    });
  }

  it("reads no log without showLog", async () => {
    apify.whenPolled((runId) => {
      apify.emulator.finish(runId);
    });
    const context = apify.context();
    await create(context, { ...args, showLog: false });
    assert.equal(context.lines.length, 1);
    const logs = apify.emulator.requests.filter(({ pathname }) => pathname.endsWith("/log"));
    assert.equal(logs.length, 0);
  });

  it("shows nothing that was logged before, when it is resumed", async () => {
    const { run } = await create(apify.context(), { ...args, waitSecs: 0 });
    const read = new Promise<void>((resolve) => {
      apify.emulator.faults.inject({
        endpoint: "getRunLog",
        fault: { kind: "stall", when: "beforeWork" },
        times: Infinity,
        skip: 1,
        when: () => {
          resolve();
          return true;
        },
      });
    });
    void read.then(() => {
      apify.emulator.finish(run.id);
    });
    const context = apify.context();
    await update(context, aState({ ...run }, args), args);
    assert.deepEqual(
      context.lines.filter((line) => line.startsWith(">")),
      [],
    );
  });
});
