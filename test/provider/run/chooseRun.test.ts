import assert from "node:assert/strict";
import { chooseRun } from "../../../provider/run/chooseRun";
import { reuseRules, replacedRun, runStarted, serverMillis, shortRun } from "../support/runs";
import type { ReuseRules } from "../../../provider/run/chooseRun";
import type { RunShort } from "../../../provider/apify/schemas/run";

const replaced = replacedRun(serverMillis);
const nothingReplaced: ReuseRules = reuseRules;
const replacing: ReuseRules = { ...reuseRules, replaced };
const usersKey: ReuseRules = { ...reuseRules, endedRuns: "any" };
const usersKeyReplacing: ReuseRules = { ...reuseRules, endedRuns: "any", replaced };

const rules = { nothingReplaced, replacing, usersKey, usersKeyReplacing };

/** The ids of the run that is used and of the one that is passed over. */
function choice(runs: readonly RunShort[], by: ReuseRules): readonly (string | undefined)[] {
  const { chosen, notReused } = chooseRun(runs, by);
  return [chosen?.id, notReused?.id];
}

describe("the choice among the runs with the key", () => {
  it("is none when there are none", () => {
    for (const by of Object.values(rules)) assert.deepEqual(choice([], by), [undefined, undefined]);
  });

  for (const status of ["READY", "RUNNING", "HIBERNATING"]) {
    for (const [name, by] of Object.entries(rules)) {
      it(`is one that is ${status}, however old (${name})`, () => {
        assert.deepEqual(choice([runStarted("r", -1e9, status)], by), ["r", undefined]);
      });
    }
  }

  for (const status of ["ABORTING", "TIMING-OUT"]) {
    for (const [name, by] of Object.entries(rules)) {
      it(`is not one that is ${status}, nor is it passed over: it can deliver nothing (${name})`, () => {
        assert.deepEqual(choice([runStarted("r", 1, status)], by), [undefined, undefined]);
      });
    }
  }

  for (const status of ["FAILED", "TIMED-OUT", "ABORTED"]) {
    for (const [name, by] of Object.entries(rules)) {
      it(`is not one that is ${status}, but names it (${name})`, () => {
        assert.deepEqual(choice([runStarted("r", 1, status)], by), [undefined, "r"]);
      });
    }
  }

  it("is one that succeeded after the replaced run had started: nobody can have used it", () => {
    assert.deepEqual(choice([runStarted("r", 1)], replacing), ["r", undefined]);
  });

  it("is not one that succeeded and started with the replaced run or before: it may be an older state's", () => {
    for (const millis of [0, -1]) {
      assert.deepEqual(choice([runStarted("r", millis)], replacing), [undefined, undefined]);
    }
  });

  it("is not one that succeeded when nothing is replaced, but names it", () => {
    assert.deepEqual(choice([runStarted("r", 1)], nothingReplaced), [undefined, "r"]);
  });

  it("is one that succeeded whenever, with the user's own key", () => {
    assert.deepEqual(choice([runStarted("r", -1e9)], usersKey), ["r", undefined]);
    assert.deepEqual(choice([runStarted("r", -1e9)], usersKeyReplacing), ["r", undefined]);
  });

  it("is never the run that is replaced, once that has ended", () => {
    for (const status of ["SUCCEEDED", "FAILED", "ABORTING"]) {
      for (const by of [replacing, usersKeyReplacing]) {
        const runs = [shortRun("old", { status, startedAt: "2027-01-01T00:00:00.000Z" })];
        assert.deepEqual(choice(runs, by), [undefined, undefined]);
      }
    }
  });

  it("is the run that is replaced when it turns out to be under way: a second one would be too many", () => {
    for (const by of [replacing, usersKeyReplacing]) {
      assert.deepEqual(choice([shortRun("old")], by), ["old", undefined]);
    }
  });

  it("is not one that succeeded at a time that is not told, when a run is replaced, but names it", () => {
    for (const startedAt of [undefined, null, "", "yesterday"]) {
      const runs = [shortRun("r", { status: "SUCCEEDED", startedAt })];
      assert.deepEqual(choice(runs, replacing), [undefined, "r"]);
    }
  });

  it("is not one that succeeded when the start of the replaced run is not known, but names it", () => {
    const by = { ...reuseRules, replaced: { ...replaced, startedAt: "" } };
    assert.deepEqual(choice([runStarted("r", 1)], by), [undefined, "r"]);
  });

  describe("beside the run that is replaced", () => {
    const missing = {
      ...replacing,
      replaced: replacedRun(serverMillis, { reusableIf: "runningOrGood" }),
    };
    const outdated = {
      ...replacing,
      replaced: replacedRun(serverMillis, { reusableIf: "never" }),
    };

    it("is that run when nobody read its end, and it has delivered", () => {
      assert.deepEqual(choice([runStarted("old", 0)], missing), ["old", undefined]);
    });

    it("is not that run when it delivered and is stale, or did not deliver", () => {
      const stale = { ...missing, isFresh: () => false };
      assert.deepEqual(choice([runStarted("old", 0)], stale), [undefined, undefined]);
      assert.deepEqual(choice([runStarted("old", 0, "FAILED")], missing), [undefined, undefined]);
    });

    it("is never that run when something that it ran with has moved on", () => {
      for (const status of ["SUCCEEDED", "RUNNING"]) {
        assert.deepEqual(choice([runStarted("old", 0, status)], outdated), [undefined, undefined]);
      }
    });

    it("is a newer one, which somebody has started since", () => {
      for (const by of [missing, outdated]) {
        assert.deepEqual(choice([runStarted("r", 1, "RUNNING"), runStarted("old", 0)], by), [
          "r",
          undefined,
        ]);
      }
    });

    it("is none that is older, with the user's own key: it was there when that run was wanted", () => {
      const runs = [runStarted("old", 0), runStarted("older", -1)];
      assert.deepEqual(choice(runs, usersKeyReplacing), [undefined, undefined]);
      assert.deepEqual(choice([runStarted("r", 1), ...runs], usersKeyReplacing), ["r", undefined]);
    });
  });

  it("is one that ended with another status that counts as good", () => {
    const by = { ...replacing, isGood: (status: string) => status === "ABORTED" };
    assert.deepEqual(choice([runStarted("r", 1, "ABORTED")], by), ["r", undefined]);
    assert.deepEqual(choice([runStarted("r", 1)], by), [undefined, "r"]);
  });

  it("is not one that delivered and is stale, but names it", () => {
    const stale = { isFresh: () => false };
    for (const by of [replacing, usersKey, usersKeyReplacing]) {
      assert.deepEqual(choice([runStarted("r", 1)], { ...by, ...stale }), [undefined, "r"]);
    }
  });

  it("is one that is under way, stale or not: it is the one that is to be waited for", () => {
    for (const by of Object.values(rules)) {
      const stale = { ...by, isFresh: () => false };
      assert.deepEqual(choice([runStarted("r", 1, "RUNNING")], stale), ["r", undefined]);
    }
  });

  it("is judged by when it started", () => {
    const dates: (string | null | undefined)[] = [];
    const isFresh = (startedAt: string | null | undefined): boolean => dates.push(startedAt) > 1;
    const runs = [runStarted("newer", 2), runStarted("older", 1)];
    assert.deepEqual(choice(runs, { ...replacing, isFresh }), ["older", undefined]);
    assert.deepEqual(dates, ["2026-01-01T12:00:00.002Z", "2026-01-01T12:00:00.001Z"]);
  });

  it("is the newest that will do", () => {
    const runs = [
      runStarted("failed", 4, "FAILED"),
      runStarted("newest", 3),
      runStarted("running", 2, "RUNNING"),
      runStarted("older", 1),
    ];
    assert.deepEqual(choice(runs, replacing), ["newest", undefined]);
    assert.deepEqual(choice(runs, nothingReplaced), ["running", undefined]);
  });

  it("names the newest that has ended and that the replaced one does not tell of", () => {
    const runs = [
      runStarted("stopping", 4, "ABORTING"),
      runStarted("failed", 3, "FAILED"),
      runStarted("aborted", 2, "ABORTED"),
    ];
    assert.deepEqual(choice(runs, replacing), [undefined, "failed"]);
    assert.deepEqual(choice([runStarted("r", 0, "FAILED")], replacing), [undefined, undefined]);
  });
});
