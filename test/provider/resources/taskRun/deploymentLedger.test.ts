import assert from "node:assert/strict";
import { createMemory } from "../../../../provider/resources/taskRun/deploymentLedger";
import { aState } from "../../support/taskRuns";
import type { Decision } from "../../../../provider/resources/taskRun/decide";
import type { DeploymentMemory } from "../../../../provider/resources/taskRun/deploymentLedger";

const rerun: Decision = { action: "rerun", because: ["input"] };
const startedAt = "2026-01-01T00:00:00.000Z";
const state = aState({ id: "run1", startedAt });

describe("what the operations of a deployment know from each other", () => {
  it("is nothing at first", () => {
    const memory = createMemory();
    assert.equal(memory.replacedBy("a"), undefined);
    assert.equal(memory.isKept("run1"), false);
  });

  for (const [status, because, reusableIf] of [
    ["FAILED", "status", "running"],
    ["RUNNING", "status", "runningOrGood"],
    ["SUCCEEDED", "trackedBuild", "never"],
    ["RUNNING", "trackedTask", "never"],
  ] as const) {
    it(`says when a run that was ${status} may be reused, if it is replaced because of ${because}: ${reusableIf}`, () => {
      const memory = createMemory();
      memory.decided("a", aState({ status }), { action: "rerun", because: [because] });
      assert.equal(memory.replacedBy("a")?.reusableIf, reusableIf);
    });
  }

  it("includes the run that a resource is to replace, by its owner", () => {
    const memory = createMemory();
    memory.decided("a", state, rerun);
    assert.deepEqual(memory.replacedBy("a"), { id: "run1", startedAt, reusableIf: "running" });
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

  describe("about the purge of a run", () => {
    const now = { purge: "now" };
    const never = { purge: "never" };
    let memory: DeploymentMemory;
    beforeEach(() => {
      memory = createMemory();
      memory.declared("a");
    });

    /** A create that gave its resource a run, which delivered unless told otherwise. */
    function create(owner: string, runId: string, outcome: "good" | "bad" = "good"): void {
      memory.given(owner, runId);
      if (outcome === "good") memory.delivered(owner);
      else memory.notDelivered(owner, runId);
      memory.created(owner);
    }

    it("let it go when its resource is not declared any more", () => {
      assert.deepEqual(createMemory().purgeVerdict("a", "run1"), now);
    });

    it("let it go when its resource is not declared any more, and all creates are done", () => {
      create("a", "run2");
      assert.deepEqual(memory.purgeVerdict("b", "run1"), now);
    });

    it("let it go when its successor has delivered", () => {
      memory.decided("a", state, rerun);
      create("a", "run2");
      assert.deepEqual(memory.purgeVerdict("a", "run1"), now);
    });

    it("let it go when the successor of an earlier deployment has delivered", () => {
      memory.decided("a", aState({ id: "run2", status: "SUCCEEDED" }), { action: "nothing" });
      assert.deepEqual(memory.purgeVerdict("a", "run1"), now);
    });

    it("let it go when the successor delivers in an update", () => {
      memory.decided("a", aState({ id: "run2", status: "RUNNING" }), { action: "update" });
      memory.delivered("a");
      assert.deepEqual(memory.purgeVerdict("a", "run1"), now);
    });

    it("make it wait for a successor that is still to be started, whoever decided that", () => {
      assert.deepEqual(memory.purgeVerdict("a", "run1"), { purge: "onceDelivered", by: "a" });
      memory.decided("a", state, rerun);
      assert.deepEqual(memory.purgeVerdict("a", "run1"), { purge: "onceDelivered", by: "a" });
    });

    it("make it wait for the successor by its new name, when its resource was renamed", () => {
      memory.decided("a", state, rerun);
      const verdict = memory.purgeVerdict("the old name", "run1");
      assert.deepEqual(verdict, { purge: "onceDelivered", by: "a" });
    });

    it("make it wait while something is to be created, if nothing is known of its resource yet", () => {
      assert.deepEqual(memory.purgeVerdict("b", "run1"), { purge: "onceDelivered", by: "b" });
    });

    it("keep it when its successor has not delivered, by whichever name", () => {
      memory.decided("a", state, rerun);
      create("a", "run2", "bad");
      assert.deepEqual(memory.purgeVerdict("a", "run1"), never);
      assert.deepEqual(memory.purgeVerdict("the old name", "run1"), never);
      assert.deepEqual(memory.purgeVerdict("b", "run3"), now);
    });

    it("keep it when the create of its successor failed", () => {
      memory.created("a");
      assert.deepEqual(memory.purgeVerdict("a", "run1"), never);
    });

    it("keep it while the successor of an earlier deployment is still going", () => {
      memory.decided("a", aState({ id: "run2", status: "RUNNING" }), { action: "nothing" });
      assert.deepEqual(memory.purgeVerdict("a", "run1"), never);
    });

    it("keep nothing because of the run itself", () => {
      create("a", "run2", "bad");
      assert.deepEqual(memory.purgeVerdict("a", "run2"), now);
    });

    it("keep nothing because of a resource that only a refresh decided about", () => {
      create("a", "run2");
      memory.decided("b", aState({ id: "run3", status: "RUNNING" }), { action: "nothing" });
      assert.deepEqual(memory.purgeVerdict("b", "run1"), now);
    });

    it("hand what has to wait to the create, once, and say how that ended", () => {
      memory.purgeLater("a", state);
      memory.given("a", "run2");
      memory.delivered("a");
      assert.deepEqual(memory.created("a"), { delivered: true, purges: [state] });
      assert.deepEqual(memory.created("a"), { delivered: true, purges: [] });
    });
  });

  describe("about a run that is recorded, and that nobody decided about", () => {
    it("say that there is one when the engine gave its inputs", () => {
      const memory = createMemory();
      memory.declared("a", "existed");
      memory.declared("a");
      assert.equal(memory.replacesUnseen("a"), true);
      assert.equal(memory.replacesUnseen("b"), false);
    });

    it("say that there is one which was to stay as it is", () => {
      const memory = createMemory();
      memory.decided("a", state, { action: "nothing" });
      assert.equal(memory.replacesUnseen("a"), true);
    });

    it("say that there is none when it was decided", () => {
      const memory = createMemory();
      memory.declared("a", "existed");
      memory.decided("a", state, rerun);
      assert.equal(memory.replacesUnseen("a"), false);
    });
  });

  it("is each deployment's own", () => {
    createMemory().given("a", "run1");
    assert.equal(createMemory().isKept("run1"), false);
  });
});
