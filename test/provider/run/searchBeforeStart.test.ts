import assert from "node:assert/strict";
import {
  reuseRules,
  fakeTask,
  replacedRun,
  runStarted,
  serverMillis,
  shortRun,
} from "../support/runs";
import { down, nothing, run, started } from "../support/starting";

describe("the search before a start", () => {
  const taken = (runId: string) => ({
    outcome: "obtained",
    runId,
    run: undefined,
    how: "alreadyThere",
  });

  it("uses the run that is there, and starts none", async () => {
    const task = fakeTask({ lists: [[shortRun("r")]] });
    const { result, lines, statuses } = await run(task);
    assert.deepEqual(result, taken("r"));
    assert.deepEqual(task.requests, ["list"]);
    assert.deepEqual(lines, []);
    assert.deepEqual(statuses, ["starting task task1"]);
  });

  it("names the run that it passes over, and starts another", async () => {
    const task = fakeTask({ lists: [[runStarted("r", 0)]], starts: [started] });
    const { result, lines } = await run(task);
    assert.equal(result.outcome === "obtained" && result.how, "started");
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? "", /^Run r was started at .* Starting another run/);
  });

  const others = Array.from({ length: 120 }, (_, index) =>
    shortRun(`f${index}`, { status: "SUCCEEDED", meta: { userAgent: "someone/1" } }),
  );
  const list = [...others, runStarted("r", 0)];
  const replaced = replacedRun(serverMillis - 1);

  it("says what keeps it from seeing", async () => {
    const task = fakeTask({ lists: [nothing], starts: [started] });
    const client: typeof task.client = {
      ...task.client,
      listTaskRuns: (id, page) => {
        page.onPause?.("no connection");
        return task.client.listTaskRuns(id, page);
      },
    };
    const { statuses } = await run({ ...task, client });
    assert.deepEqual(statuses, ["starting task task1", "waiting to start: no connection"]);
  });

  it("goes back to the run that is replaced", async () => {
    const task = fakeTask({ lists: [list] });
    const { result } = await run(task, { rules: { ...reuseRules, replaced } });
    assert.deepEqual(result, taken("r"));
    assert.deepEqual(task.requests, ["list", "list 1000 from 100"]);
  });

  it("goes no further than the run that will do", async () => {
    const others = Array.from({ length: 150 }, (_, index) =>
      runStarted(`f${index}`, -index, "FAILED"),
    );
    const task = fakeTask({ lists: [[shortRun("r"), ...others]] });
    const { result } = await run(task, { rules: { ...reuseRules, endedRuns: "any" } });
    assert.deepEqual(result, taken("r"));
    assert.deepEqual(task.requests, ["list"]);
  });

  it("goes back to the beginning for a key of the user's own", async () => {
    const later = replacedRun(serverMillis + 1e9);
    for (const rest of [undefined, later]) {
      const task = fakeTask({ lists: [list] });
      const { result } = await run(task, {
        rules: { ...reuseRules, endedRuns: "any", replaced: rest },
      });
      assert.deepEqual(result, taken("r"));
    }
  });

  it("asks for no ended runs when nothing is replaced", async () => {
    const task = fakeTask({ lists: [list], starts: [started] });
    await run(task);
    assert.deepEqual(task.requests, [
      "list",
      "list 1000 of READY,RUNNING,TIMING-OUT,ABORTING",
      "start",
    ]);
  });

  it("starts nothing when it cannot see", async () => {
    const task = fakeTask({ lists: [down] });
    const { result } = await run(task);
    assert.deepEqual(result, {
      outcome: "refused",
      message:
        "Nothing was started, because pulumi-apify could not check whether this run already exists. Apify is down",
    });
    assert.deepEqual(task.requests, ["list"]);
  });

  it("starts nothing when the deployment is interrupted, whatever it finds", async () => {
    const message = "The deployment was interrupted; nothing was started.";
    for (const listed of [nothing, [shortRun("r")], down]) {
      const cancel = new AbortController();
      const task = fakeTask({
        lists: [listed],
        onRequest: () => {
          cancel.abort();
        },
      });
      const { result } = await run(task, { signal: cancel.signal });
      assert.deepEqual(result, { outcome: "refused", message });
    }
  });
});
