import assert from "node:assert/strict";
import { hasEnded, isAccepted, isKnownStatus } from "../../provider/run/status";

describe("the status of a run", () => {
  const known: readonly (readonly [string, "ended" | "alive"])[] = [
    ["READY", "alive"],
    ["RUNNING", "alive"],
    ["TIMING-OUT", "alive"],
    ["ABORTING", "alive"],
    ["SUCCEEDED", "ended"],
    ["FAILED", "ended"],
    ["TIMED-OUT", "ended"],
    ["ABORTED", "ended"],
  ];
  for (const [status, state] of known) {
    it(`${status} means that the run is ${state}`, () => {
      assert.equal(hasEnded(status), state === "ended");
      assert.equal(isKnownStatus(status), true);
    });

    it(`${status} ${status === "SUCCEEDED" ? "is" : "is not"} a success`, () => {
      assert.equal(isAccepted(status), status === "SUCCEEDED");
    });
  }

  for (const status of ["HIBERNATING", "succeeded", "SUCCEEDED ", ""]) {
    it(`"${status}" is unknown, not an end and no success`, () => {
      assert.equal(isKnownStatus(status), false);
      assert.equal(hasEnded(status), false);
      assert.equal(isAccepted(status), false);
    });
  }
});
