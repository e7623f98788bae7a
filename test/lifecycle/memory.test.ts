import assert from "node:assert/strict";
import { createMemory } from "../../provider/lifecycle/memory";
import { aState } from "./support";
import type { Decision } from "../../provider/lifecycle/diff";

const rerun: Decision = { action: "rerun", because: ["input"] };
const startedAt = "2026-01-01T00:00:00.000Z";
const state = aState({ id: "run1", startedAt });

describe("what the operations of a deployment know from each other", () => {
  it("is nothing at first", () => {
    const memory = createMemory();
    assert.equal(memory.replacedBy("a"), undefined);
    assert.equal(memory.isKept("run1"), false);
  });

  it("includes the run that a resource is to replace, by its owner", () => {
    const memory = createMemory();
    memory.decided("a", state, rerun);
    assert.deepEqual(memory.replacedBy("a"), { id: "run1", startedAt });
    assert.equal(memory.replacedBy("b"), undefined);
  });

  it("includes the run that was decided upon last", () => {
    const memory = createMemory();
    memory.decided("a", state, rerun);
    memory.decided("a", aState({ id: "run2", startedAt }), rerun);
    assert.equal(memory.replacedBy("a")?.id, "run2");
  });

  for (const action of ["nothing", "update"] as const) {
    it(`includes no run to replace after the decision "${action}"`, () => {
      const memory = createMemory();
      memory.decided("a", state, { action });
      assert.equal(memory.replacedBy("a"), undefined);
    });

    it(`says that a declared resource keeps its run, from its own predecessor too, after the decision "${action}"`, () => {
      const memory = createMemory();
      memory.declared("a");
      memory.decided("a", state, { action });
      assert.equal(memory.isKept("run1"), true);
      assert.equal(memory.isKept("run2"), false);
    });

    it(`does not keep a run whose resource was given another one after the decision "${action}"`, () => {
      const memory = createMemory();
      memory.declared("a");
      memory.decided("a", state, { action });
      memory.given("a", "run2");
      assert.equal(memory.isKept("run1"), false);
      assert.equal(memory.isKept("run2"), true);
    });
  }

  it("says that nobody keeps a run that only a refresh decided about, so that it can be deleted", () => {
    const memory = createMemory();
    memory.declared("b");
    memory.decided("a", state, { action: "nothing" });
    assert.equal(memory.isKept("run1"), false);
  });

  it("says that nobody keeps a run that is replaced", () => {
    const memory = createMemory();
    memory.declared("a");
    memory.decided("a", state, rerun);
    assert.equal(memory.isKept("run1"), false);
  });

  it("says that nobody keeps a run any more that is to be replaced after all", () => {
    const memory = createMemory();
    memory.declared("a");
    memory.decided("a", state, { action: "nothing" });
    memory.decided("a", state, rerun);
    assert.equal(memory.isKept("run1"), false);
  });

  it("says that a run is kept which a resource was given, from its own predecessor too", () => {
    const memory = createMemory();
    memory.decided("a", state, rerun);
    memory.given("a", "run1");
    assert.equal(memory.isKept("run1"), true);
    assert.equal(memory.isKept("run2"), false);
  });

  it("says that a run has no successor when the one that replaced it did not deliver", () => {
    const memory = createMemory();
    memory.decided("a", state, rerun);
    assert.equal(memory.hasNoSuccessor("a", "run1"), false);
    memory.endedBadly("a");
    assert.equal(memory.hasNoSuccessor("a", "run1"), true);
    assert.equal(memory.hasNoSuccessor("b", "run2"), false);
  });

  it("says so of a run that was stored before its resource was renamed", () => {
    const memory = createMemory();
    memory.decided("a", state, rerun);
    memory.endedBadly("a");
    assert.equal(memory.hasNoSuccessor("the old name", "run1"), true);
  });

  it("says so of a replacement that nobody decided, by its owner", () => {
    const memory = createMemory();
    memory.endedBadly("a");
    assert.equal(memory.hasNoSuccessor("a", "run1"), true);
  });

  it("is each deployment's own", () => {
    createMemory().given("a", "run1");
    assert.equal(createMemory().isKept("run1"), false);
  });
});
