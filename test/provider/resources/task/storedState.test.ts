import assert from "node:assert/strict";
import * as fc from "fast-check";
import { toStored } from "../../../../provider/dynamic/wire";
import { parseState, serializeState } from "../../../../provider/resources/task/storedState";
import { amount, chosenSeed } from "../../../support/figures";
import { isUnknown, unknown } from "../../support/taskRuns";
import { aState } from "../../support/tasks";

const state = aState(
  { input: { a: [1, { b: null }] }, options: { maxItems: 1 }, onDelete: "keep" },
  {
    username: "janedoe",
    createdAt: "2026-01-01T00:00:00.000Z",
    modifiedAt: "2026-01-02T00:00:00.000Z",
    fingerprint: "0123456789abcdef",
    consoleUrl: "https://console.example/actors/tasks/task1",
  },
);

describe("the stored form of a Task", () => {
  it("holds the arguments and the facts side by side, and not the id", () => {
    const { id, ...facts } = state.facts;
    assert.equal(id, "task1");
    assert.deepEqual(toStored(serializeState(state)), { ...state.args, ...facts });
  });

  it("gives the same state again", () => {
    const parsed = parseState("task1", toStored(serializeState(state)), isUnknown);
    assert.deepEqual(parsed, { state, unusable: {}, isRecorded: true });
  });

  it("is that of no task before the first read of an existing one", () => {
    for (const properties of [{}, { actorId: "actor1", name: "scrape" }, { userId: 5 }]) {
      assert.equal(parseState("task1", properties, isUnknown).isRecorded, false);
    }
  });

  it("tells arguments that cannot be used from the others, as they are stored", () => {
    const damaged = { actorId: 5, title: ["x"], input: "{}", onDelete: null, name: "scrape" };
    const { unusable, ...parsed } = parseState("task1", damaged, isUnknown);
    assert.deepEqual(unusable, { actorId: 5, title: ["x"], input: "{}", onDelete: null });
    assert.deepEqual(parsed.state.args, { name: "scrape" });
  });

  it("has no facts of another kind, and none that are not known", () => {
    const properties = {
      userId: 5,
      actId: unknown,
      fingerprint: null,
      consoleUrl: {},
      username: "j",
    };
    const { facts } = parseState("task1", properties, isUnknown).state;
    const { id, username, ...others } = facts;
    assert.deepEqual([id, username], ["task1", "j"]);
    assert.ok(Object.values(others).every((value) => value === undefined));
  });

  it("never fails, whatever is stored", () => {
    const seed = chosenSeed();
    console.log(`      seed ${seed}: set PULUMI_APIFY_SEED to repeat it`);
    const names = [...Object.keys(serializeState(state)), "toString", "__proto__", "other"];
    const stored = fc.dictionary(fc.constantFrom(...names), fc.jsonValue());
    fc.assert(
      fc.property(stored, (properties) => {
        const parsed = parseState("task1", properties, isUnknown);
        assert.equal(parsed.state.facts.id, "task1");
        assert.doesNotThrow(() =>
          toStored({ ...serializeState(parsed.state), ...parsed.unusable }),
        );
      }),
      { seed, numRuns: amount({ quick: 300, full: 20_000 }) },
    );
  });
});
