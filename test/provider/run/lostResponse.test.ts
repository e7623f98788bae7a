import assert from "node:assert/strict";
import { ApifyNoResponseError } from "../../../provider/apify/errors";
import {
  reuseRules,
  fakeTask,
  key,
  replacedRun,
  runStarted,
  serverMillis,
  shortRun,
} from "../support/runs";
import { down, full, nothing, place, refused, run, started } from "../support/starting";
import type { StartOutcome } from "../../../provider/apify/endpoints/startTaskRun";

const lost = new ApifyNoResponseError(place, "noResponse", "reset");
const unknown: StartOutcome = { outcome: "unknown", error: lost };

function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}

describe("a start whose response is lost", () => {
  const lookingFor = "the response to the start was lost; looking for the run";

  it("finds the run at once, and does not start another", async () => {
    const task = fakeTask({ lists: [nothing, [runStarted("r", 0, "FAILED")]], starts: [unknown] });
    const { result, statuses } = await run(task);
    assert.deepEqual(result, {
      outcome: "obtained",
      runId: "r",
      run: undefined,
      how: "foundAfterLostResponse",
    });
    assert.deepEqual(task.requests, ["list", "start", "list"]);
    assert.deepEqual(statuses, ["starting task task1", lookingFor]);
  });

  it("finds the run that the list shows only after a minute, and does not start another", async () => {
    const late = [...times(8, nothing), [shortRun("r")]];
    const { result, pauses } = await run(fakeTask({ lists: late, starts: [unknown] }));
    assert.equal(result.outcome === "obtained" && result.how, "foundAfterLostResponse");
    assert.deepEqual(pauses, [1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
  });

  it("is sent once more when a minute of searches shows nothing", async () => {
    const task = fakeTask({ lists: [nothing], starts: [unknown, started] });
    const { result, statuses } = await run(task);
    assert.deepEqual(result, { ...started, outcome: "obtained", how: "started" });
    assert.deepEqual(task.requests, ["list", "start", ...times(8, "list"), "start"]);
    const onceMore = "the run was not found; starting task task1 again";
    assert.deepEqual(statuses, ["starting task task1", lookingFor, onceMore]);
    assert.deepEqual(task.startOptions[0], task.startOptions[1]);
  });

  it("finds the run of the second one as well", async () => {
    const lists = [...times(9, nothing), [shortRun("r")]];
    const task = fakeTask({ lists, starts: [unknown, unknown] });
    const { result } = await run(task);
    assert.deepEqual(result, {
      outcome: "obtained",
      runId: "r",
      run: undefined,
      how: "foundAfterLostResponse",
    });
  });

  it("is not known to have started nothing when the second one is refused", async () => {
    const { result } = await run(fakeTask({ lists: [nothing], starts: [unknown, refused()] }));
    assert.ok(result.outcome === "unknown");
    assert.match(result.message, /may have been started: .* got no usable response.*: reset\n/);
    assert.match(result.message, /sent the request again\. That start was refused: /);
    assert.ok(result.message.includes(`"run-key ${key}"`));
    assert.doesNotMatch(result.message, /nothing was started/i);
  });

  it("is not sent a third time: it is not known then", async () => {
    const task = fakeTask({ lists: [nothing], starts: [unknown, unknown] });
    const { result } = await run(task);
    assert.ok(result.outcome === "unknown");
    assert.match(
      result.message,
      /of task task1 may have been started: .* got no usable response.*: reset\n/,
    );
    assert.match(result.message, /\nNo run appeared within a minute/);
    assert.ok(result.message.includes(`"run-key ${key}"`));
    assert.equal(task.startOptions.length, 2);
  });

  it("is not sent again when the lists cannot be read: it is not known then", async () => {
    const task = fakeTask({ lists: [nothing, down], starts: [unknown] });
    const { result } = await run(task);
    assert.ok(result.outcome === "unknown");
    assert.match(result.message, /Could not check whether the run exists: Apify is down\n/);
    assert.equal(task.startOptions.length, 1);
  });

  it("does not take runs for its own that were there before, or are replaced", async () => {
    const stopping = runStarted("before", 0, "ABORTING");
    const old = runStarted("old", 0, "FAILED");
    const replaced = replacedRun(serverMillis - 1);
    const lists = [[stopping], [old, stopping]];
    const task = fakeTask({ lists, starts: [unknown, started] });
    const { result } = await run(task, { rules: { ...reuseRules, replaced } });
    assert.deepEqual(result, { ...started, outcome: "obtained", how: "started" });
  });

  it("takes a run for its own that was not there before, whatever Apify's clocks say of its start", async () => {
    for (const afterMillis of [-3_600_000, 3_600_000]) {
      const lists = [nothing, [runStarted("r", afterMillis)]];
      const { result } = await run(fakeTask({ lists, starts: [unknown] }));
      assert.equal(result.outcome === "obtained" && result.runId, "r");
    }
  });
});

describe("a start in a deployment that is interrupted", () => {
  /** Stops the deployment at the n-th request of a kind. */
  function stopAt(what: string, nth: number) {
    const cancel = new AbortController();
    let count = 0;
    const onRequest = (request: string): void => {
      if (request === what && ++count === nth) cancel.abort();
    };
    return { signal: cancel.signal, onRequest };
  }

  it("still hands on the run that was started", async () => {
    const { signal, onRequest } = stopAt("start", 1);
    const task = fakeTask({ lists: [nothing], starts: [started], onRequest });
    const { result } = await run(task, { signal });
    assert.deepEqual(result, { ...started, outcome: "obtained", how: "started" });
  });

  it("says that nothing was started when it was refused, and why", async () => {
    const { signal, onRequest } = stopAt("start", 1);
    const task = fakeTask({ lists: [nothing], starts: [refused("capacity")], onRequest });
    const { result } = await run(task, { signal, startWaitSecs: 60 });
    const message = `The deployment was interrupted; nothing was started. ${full.message}.`;
    assert.deepEqual(result, { outcome: "refused", message });
  });

  it("does not know when the response was lost", async () => {
    const { signal, onRequest } = stopAt("start", 1);
    const task = fakeTask({ lists: [nothing], starts: [unknown], onRequest });
    const { result, pauses } = await run(task, { signal });
    assert.ok(result.outcome === "unknown");
    assert.match(
      result.message,
      /Could not check whether the run exists: the deployment was interrupted\n/,
    );
    assert.deepEqual(task.requests, ["list", "start", "list"]);
    assert.deepEqual(pauses, [1000]);
  });

  it("is not sent again after the last search", async () => {
    const { signal, onRequest } = stopAt("list", 9);
    const task = fakeTask({ lists: [nothing], starts: [unknown, started], onRequest });
    const { result } = await run(task, { signal });
    assert.ok(result.outcome === "unknown");
    assert.match(
      result.message,
      /interrupted then, and pulumi-apify did not send the request again/,
    );
    assert.ok(result.message.includes(`"run-key ${key}"`));
    assert.equal(task.startOptions.length, 1);
  });
});
