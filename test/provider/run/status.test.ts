import assert from "node:assert/strict";
import {
  hasEnded,
  isAccepted,
  isKnownStatus,
  canStillSucceed,
  liveStatuses,
} from "../../../provider/run/status";

describe("the status of a run", () => {
  const known: readonly (readonly [string, "ended" | "stopping" | "promising"])[] = [
    ["READY", "promising"],
    ["RUNNING", "promising"],
    ["TIMING-OUT", "stopping"],
    ["ABORTING", "stopping"],
    ["SUCCEEDED", "ended"],
    ["FAILED", "ended"],
    ["TIMED-OUT", "ended"],
    ["ABORTED", "ended"],
  ];
  for (const [status, state] of known) {
    it(`${status} means that the run is ${state}`, () => {
      assert.equal(hasEnded(status), state === "ended");
      assert.equal(canStillSucceed(status), state === "promising");
      assert.equal(isKnownStatus(status), true);
    });

    it(`${status} ${status === "SUCCEEDED" ? "is" : "is not"} a success`, () => {
      assert.equal(isAccepted(status), status === "SUCCEEDED");
    });
  }

  it("is one of four as long as the run goes on, as far as Apify documents them", () => {
    const live = known.filter(([, state]) => state !== "ended").map(([status]) => status);
    assert.deepEqual([...liveStatuses].sort(), live.sort());
  });

  for (const status of ["HIBERNATING", "succeeded", "SUCCEEDED ", ""]) {
    it(`"${status}" is unknown: not an end and no success, but promising`, () => {
      assert.equal(isKnownStatus(status), false);
      assert.equal(hasEnded(status), false);
      assert.equal(isAccepted(status), false);
      assert.equal(canStillSucceed(status), true);
    });
  }
});
