import assert from "node:assert/strict";
import {
  mayHaveStartedAfter,
  mayHaveStartedSince,
  startedAfter,
  startMillis,
} from "../../../provider/run/startTime";
import { runStarted, serverMillis, shortRun } from "../support/runs";

const unknown = [undefined, null, "", "today"].map((startedAt) => shortRun("r", { startedAt }));

describe("the start of a run", () => {
  it("is known from its date", () => {
    assert.equal(startMillis(runStarted("r", 5)), serverMillis + 5);
  });

  it("is not known without a date", () => {
    for (const run of [undefined, ...unknown]) assert.equal(startMillis(run), undefined);
  });

  for (const [offset, isLater] of [
    [-1, false],
    [0, false],
    [1, true],
  ] as const) {
    it(`is ${isLater ? "" : "not "}after that of another run, for a difference of ${offset} ms`, () => {
      const [run, other] = [runStarted("r", offset), runStarted("other", 0)];
      assert.equal(startedAfter(run, other), isLater);
      assert.equal(mayHaveStartedAfter(run, other), isLater);
    });
  }

  it("may be after that of another run, but not certainly, if either is not known", () => {
    const known = runStarted("r", 0);
    for (const run of [undefined, ...unknown]) {
      assert.deepEqual([startedAfter(run, known), startedAfter(known, run)], [false, false]);
      assert.ok(mayHaveStartedAfter(run, known));
      assert.ok(mayHaveStartedAfter(known, run));
    }
  });

  it("may be since a time that it is at or after, or if it is not known", () => {
    assert.equal(mayHaveStartedSince(runStarted("r", 1), serverMillis), true);
    assert.equal(mayHaveStartedSince(runStarted("r", 0), serverMillis), true);
    assert.equal(mayHaveStartedSince(runStarted("r", -1), serverMillis), false);
    for (const run of [undefined, ...unknown]) {
      assert.equal(mayHaveStartedSince(run, Infinity), true);
    }
  });
});
