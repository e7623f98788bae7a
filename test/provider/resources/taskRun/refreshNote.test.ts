import assert from "node:assert/strict";
import { refreshNote } from "../../../../provider/resources/taskRun/refreshNote";
import { aRun } from "../../../support/run";
import type { TaskRunState } from "../../../../provider/resources/taskRun/state";

function state(fields: Parameters<typeof aRun>[0], expired = false): TaskRunState {
  const links = { console: "", datasetConsole: "", datasetItems: "" };
  return { actorTaskId: "x", run: aRun(fields), links, expired };
}

describe("what a refresh says", () => {
  it("is nothing when nothing changed, whatever the order of the keys", () => {
    const before = state({ stats: { computeUnits: 1, rebootCount: 0 } });
    assert.equal(
      refreshNote(before, state({ stats: { rebootCount: 0, computeUnits: 1 } })),
      undefined,
    );
  });

  it("names what changed, with the numbers", () => {
    const before = state({ usageTotalUsd: 0.1, stats: { computeUnits: 1 }, statusMessage: "a" });
    const after = state({ usageTotalUsd: 0.5, stats: { computeUnits: 2 }, statusMessage: "b" });
    assert.equal(
      refreshNote(before, after),
      "Changed on Apify: stats, statusMessage, usageTotalUsd (0.1 => 0.5).",
    );
  });

  it("names that the run expired", () => {
    assert.equal(refreshNote(state({}), state({}, true)), "Changed on Apify: expired.");
  });
});
