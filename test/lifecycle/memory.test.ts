import assert from "node:assert/strict";
import { createMemory } from "../../provider/lifecycle/memory";
import { aState } from "./support";
import type { Decision } from "../../provider/lifecycle/diff";
import type { DeploymentMemory } from "../../provider/lifecycle/memory";

const rerun: Decision = { action: "rerun", because: ["input"] };
const startedAt = "2026-01-01T00:00:00.000Z";
const state = aState({ id: "run1", startedAt });

describe("what the operations of a deployment know from each other", () => {
  it("is nothing at first", () => {
    const memory = createMemory();
    assert.equal(memory.replacedBy("a"), undefined);
    assert.equal(memory.isKept("run1"), false);
  });

  for (const [status, because, standing] of [
    ["FAILED", "status", "over"],
    ["RUNNING", "status", "missing"],
    ["SUCCEEDED", "trackedBuild", "outdated"],
    ["RUNNING", "trackedTask", "outdated"],
  ] as const) {
    it(`includes that a run is ${standing} that was ${status}, and is replaced because of ${because}`, () => {
      const memory = createMemory();
      memory.decided("a", aState({ status }), { action: "rerun", because: [because] });
      assert.equal(memory.replacedBy("a")?.standing, standing);
    });
  }

  it("includes the run that a resource is to replace, by its owner", () => {
    const memory = createMemory();
    memory.decided("a", state, rerun);
    assert.deepEqual(memory.replacedBy("a"), { id: "run1", startedAt, standing: "over" });
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

  describe("about the successor of a run", () => {
    let memory: DeploymentMemory;
    beforeEach(() => {
      memory = createMemory();
      memory.declared("a");
    });

    it("say that there is one", () => {
      memory.decided("a", state, rerun);
      assert.equal(memory.hasNoSuccessor("a", "run1"), false);
    });

    it("say that there is none when it has not delivered", () => {
      memory.decided("a", state, rerun);
      memory.notDelivered("a", "run2");
      assert.equal(memory.hasNoSuccessor("a", "run1"), true);
      assert.equal(memory.hasNoSuccessor("b", "run3"), false);
    });

    it("say that there is none of a run that was stored before its resource was renamed", () => {
      memory.decided("a", state, rerun);
      memory.notDelivered("a", "run2");
      assert.equal(memory.hasNoSuccessor("the old name", "run1"), true);
    });

    it("say that there is none in a replacement that nobody decided", () => {
      memory.notDelivered("a", "run2");
      assert.equal(memory.hasNoSuccessor("a", "run1"), true);
    });

    it("say that there is none while the one of an earlier deployment is still going", () => {
      memory.decided("a", aState({ id: "run2", status: "RUNNING" }), { action: "nothing" });
      assert.equal(memory.hasNoSuccessor("a", "run1"), true);
    });

    it("say that there is one once it has delivered", () => {
      memory.decided("a", aState({ id: "run2", status: "RUNNING" }), { action: "update" });
      memory.delivered("a");
      assert.equal(memory.hasNoSuccessor("a", "run1"), false);
    });

    it("say nothing of the run itself that has not delivered", () => {
      memory.notDelivered("a", "run2");
      assert.equal(memory.hasNoSuccessor("a", "run2"), false);
    });

    it("keep nothing of a resource that is not declared any more", () => {
      memory.decided("b", aState({ id: "run2", status: "RUNNING" }), { action: "nothing" });
      assert.equal(memory.hasNoSuccessor("b", "run1"), false);
    });
  });

  it("is each deployment's own", () => {
    createMemory().given("a", "run1");
    assert.equal(createMemory().isKept("run1"), false);
  });
});
