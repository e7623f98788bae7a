import assert from "node:assert/strict";
import { decide } from "../../../../provider/resources/taskRun/decide";
import { aState, at } from "../../support/taskRuns";
import type { Run } from "../../../../provider/apify/schemas/run";

/** How a run comes to be one of another build than it was started with. */
const ways: Readonly<Record<string, Partial<Run>>> = {
  "a metamorph that is listed": { metamorphs: [{ actorId: "target" }] },
  "a metamorph that is counted": { stats: { metamorph: 1 } },
  "a resurrection": { stats: { resurrectCount: 1 } },
};
const args = { actorTaskId: "janedoe~scrape", trackBuild: true };

describe("the build that a run was started with", () => {
  const decisionOn = (
    run: Partial<Run>,
    stored: { startedBuild?: string; trackedBuild?: string },
    now: string,
  ): string => {
    const state = aState({ buildNumber: "7.0.1", ...run }, { ...args, ...stored });
    const decision = decide(state, { ...args, trackedBuild: now }, at());
    return decision.action === "rerun"
      ? decision.reasons.map(({ property }) => property).join()
      : decision.action;
  };

  it("is what was noted at the start, whatever the run says of itself", () => {
    assert.equal(decisionOn({}, { startedBuild: "0.1.1" }, "0.1.1"), "nothing");
    assert.equal(decisionOn({}, { startedBuild: "0.1.1" }, "0.1.2"), "trackedBuild");
  });

  it("is the run's own number where nothing was noted", () => {
    assert.equal(decisionOn({}, { trackedBuild: "0.1.1" }, "7.0.1"), "nothing");
    assert.equal(decisionOn({}, { trackedBuild: "0.1.1" }, "0.1.1"), "trackedBuild");
  });

  for (const [way, run] of Object.entries(ways)) {
    it(`is the one that was looked up before it, in a state of an earlier version, after ${way}`, () => {
      assert.equal(decisionOn(run, { trackedBuild: "0.1.1" }, "0.1.1"), "nothing");
      assert.equal(decisionOn(run, { trackedBuild: "0.1.1" }, "0.1.2"), "trackedBuild");
    });

    it(`is not known when tracking was turned on after ${way}, and stored for the next time`, () => {
      assert.equal(decisionOn(run, {}, "0.1.1"), "update");
    });
  }
});
