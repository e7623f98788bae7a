import assert from "node:assert/strict";
import {
  reuseRules,
  fakeTask,
  key,
  replacedRun,
  runStarted,
  serverMillis,
  shortRun,
  userAgent,
} from "../support/runs";
import { nothing, options, refusal, refused, run, started } from "../support/starting";
import { aRun } from "../../support/run";
import type { ReuseRules } from "../../../provider/run/chooseRun";
import type { RunShort } from "../../../provider/apify/schemas/run";
import type { FakeTask } from "../support/runs";
import type { StartOutcome } from "../../../provider/apify/endpoints/startTaskRun";

describe("a start", () => {
  it("searches for the run first, and then starts it once, with the key", async () => {
    const task = fakeTask({ lists: [nothing], starts: [started] });
    const { result, lines, statuses, pauses } = await run(task);
    assert.deepEqual(result, { ...started, outcome: "obtained", how: "started" });
    assert.deepEqual(task.requests, ["list", "start"]);
    assert.deepEqual(task.startOptions, [{ ...options, userAgentNote: `(run-key ${key})` }]);
    assert.deepEqual([lines, pauses], [[], []]);
    assert.deepEqual(statuses, ["starting task task1"]);
  });

  it("hands on a run of which only the id is known", async () => {
    const idOnly: StartOutcome = { outcome: "started", runId: "run1", run: undefined };
    const { result } = await run(fakeTask({ lists: [nothing], starts: [idOnly] }));
    assert.deepEqual(result, { ...idOnly, outcome: "obtained", how: "started" });
  });

  it("starts another run than that of another key", async () => {
    const task = fakeTask({ lists: [[shortRun("r")]], starts: [started] });
    const { result } = await run(task, { key: "f".repeat(32) });
    assert.equal(result.outcome === "obtained" && result.how, "started");
  });

  it("reads the newest runs alone when it is not known when the replaced one started", async () => {
    const list = Array.from({ length: 150 }, (_, index) => runStarted(`r${index}`, -index));
    const task = fakeTask({
      lists: [list.map((each) => ({ ...each, meta: { userAgent: "x" } }))],
      starts: [started],
    });
    const rules = { ...reuseRules, replaced: replacedRun(0, { startedAt: "" }) };
    assert.equal((await run(task, { rules })).result.outcome, "obtained");
    assert.deepEqual(task.requests, [
      "list",
      "list 1000 of READY,RUNNING,TIMING-OUT,ABORTING",
      "start",
    ]);
  });

  describe("where a list tells the origin alone", () => {
    const listed = (
      id: string,
      afterMillis: number,
      origin: string,
      status?: string,
    ): RunShort => ({
      ...runStarted(id, afterMillis, status),
      meta: { origin },
    });
    const many = (count: number, origin: string, status?: string): RunShort[] =>
      Array.from({ length: count }, (_, index) =>
        listed(`${origin}${index}`, -index, origin, status),
      );
    const reads = Object.fromEntries(
      many(300, "API").map(({ id }) => [id, [aRun({ meta: { userAgent: "someone/1" } })]]),
    );
    const replacing = { ...reuseRules, replaced: replacedRun(serverMillis - 1e6) };
    const rows: readonly (readonly [string, RunShort[], Partial<ReuseRules>, number])[] = [
      ["900 that a schedule started", many(900, "SCHEDULER"), {}, 0],
      [
        "900 that a schedule started, for a key of the user's own",
        many(900, "SCHEDULER"),
        { endedRuns: "any" },
        0,
      ],
      ["300 that were started over the API and delivered", many(300, "API"), {}, 300],
      ["300 that were started over the API and failed", many(300, "API", "FAILED"), {}, 10],
      ["300 that are being stopped", many(300, "API", "ABORTING"), {}, 10],
      ["300 whose data is too old", many(300, "API"), { isFresh: () => false }, 10],
      [
        "300 that started before the replaced one",
        many(300, "API"),
        { replaced: replacedRun(serverMillis + 1) },
        10,
      ],
    ];
    for (const [what, list, rules, expected] of rows) {
      it(`reads ${expected} of ${what}`, async () => {
        const task = fakeTask({ lists: [list], reads, starts: [started] });
        const { result } = await run(task, { rules: { ...replacing, ...rules } });
        assert.equal(result.outcome === "obtained" && result.how, "started");
        assert.equal(task.requests.filter((what) => what.startsWith("read")).length, expected);
      });
    }

    it("reads none again when the response to the start is lost, but the new one", async () => {
      const [lost] = [{ outcome: "unknown", error: refusal }] as const;
      const list = many(100, "API", "FAILED");
      const task = fakeTask({
        lists: [list, [listed("mine", 1, "API"), ...list]],
        reads: { ...reads, mine: [aRun({ id: "mine", meta: { userAgent } })] },
        starts: [lost],
      });
      const { result } = await run(task, { rules: replacing });
      assert.deepEqual(result, {
        outcome: "obtained",
        runId: "mine",
        run: undefined,
        how: "foundAfterLostResponse",
      });
      const later = task.requests.slice(task.requests.indexOf("start") + 1);
      assert.deepEqual(later, ["list", "read mine"]);
    });
  });

  it("is not made when the lists do not go back far enough to tell that there is no run", async () => {
    const list = Array.from({ length: 1500 }, (_, index) => shortRun(`r${index}`, { meta: {} }));
    const task = fakeTask({
      lists: [list.map((each) => ({ ...each, status: "FAILED", meta: { origin: "WEB" } }))],
    });
    const listTaskRuns: FakeTask["client"]["listTaskRuns"] = (id, { limit, statuses }) =>
      task.client.listTaskRuns(id, statuses === undefined ? { limit } : { limit, statuses });
    const client = { ...task.client, listTaskRuns };
    const { result } = await run(
      { ...task, client },
      { rules: { ...reuseRules, endedRuns: "any" } },
    );
    assert.equal(result.outcome, "refused");
    assert.match(result.message, /^Nothing was started, because .*ignore the query parameters/);
    assert.deepEqual(task.startOptions, []);
  });

  it("waits for the account to have room, and says so", async () => {
    const task = fakeTask({ lists: [nothing], starts: [refused("capacity"), started] });
    const { result, statuses } = await run(task, { startWaitSecs: 60 });
    assert.equal(result.outcome, "obtained");
    assert.deepEqual(statuses, [
      "starting task task1",
      "waiting to start: all of the account's memory is in use; waited 0 s of 60 s",
    ]);
  });

  it("reports a refusal for good", async () => {
    const task = fakeTask({ lists: [nothing], starts: [refused()] });
    const { result } = await run(task);
    assert.ok(result.outcome === "refused");
    const [first, advice] = result.message.split("\n");
    assert.equal(first, `Nothing was started. ${refusal.message}`);
    assert.match(advice ?? "", /^Correct the argument `input`/);
    assert.deepEqual(task.requests, ["list", "start"]);
  });

  it("reports a refusal that lasted longer than was waited", async () => {
    const { result } = await run(fakeTask({ lists: [nothing], starts: [refused("capacity")] }), {
      startWaitSecs: 1,
    });
    assert.ok(result.outcome === "refused");
    assert.match(result.message, /^Nothing was started within 1 s .*\nWait until other runs /);
  });
});
