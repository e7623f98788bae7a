import assert from "node:assert/strict";
import { toStored } from "../../../../provider/engine/wire";
import { isUnknown } from "../../../../provider/engine/unknownValues";
import { parseState, serializeState } from "../../../../provider/resources/taskRun/storedState";
import { aState } from "../../support/taskRuns";

const state = aState(
  { statusMessage: null, exitCode: 0, meta: { clientIp: undefined, origin: "API" } },
  { input: { a: [1, { b: null }] }, onDelete: "keep", build: undefined },
);

describe("the stored form of a state", () => {
  it("holds the run as one text, and the arguments", () => {
    const { runJson, ...others } = toStored(serializeState(state));
    assert.deepEqual(others, {
      actorTaskId: "janedoe~scrape",
      input: { a: [1, { b: null }] },
      onDelete: "keep",
      links: state.links,
      expired: false,
    });
    assert.equal(runJson, JSON.stringify(state.run));
    assert.equal(runJson.includes("clientIp"), false);
  });

  it("never fails, and leaves out of a run what is too large or too deep", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 50_000; level++) deep = [deep];
    const { run } = state;
    const odd = { ...run, large: "x".repeat(2_000_000), deep };
    const stored = toStored(serializeState({ ...state, run: odd, input: { deep } }));
    assert.equal(stored.runJson, JSON.stringify(run));
    assert.deepEqual(parseState(run.id, stored, isUnknown).damaged, ["input"]);
  });

  it("gives the same state again, without what follows from it", () => {
    const stored = parseState(state.run.id, toStored(serializeState(state)), isUnknown);
    const again = { ...stored.state, links: state.links };
    assert.deepEqual(again, JSON.parse(JSON.stringify(state)));
    assert.deepEqual([stored.problems, stored.unusable, stored.isRecorded], [[], {}, true]);
  });

  it("is not there before the first read of an existing run", () => {
    assert.equal(parseState("run1", {}, isUnknown).isRecorded, false);
  });
});
