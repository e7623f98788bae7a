import assert from "node:assert/strict";
import { createDeploymentLedger } from "../../../../provider/resources/taskRun/deploymentLedger";
import { aState } from "../../support/taskRuns";
import type { Decision } from "../../../../provider/resources/taskRun/decision";
import type { DeploymentLedger } from "../../../../provider/resources/taskRun/deploymentLedger";

const rerun: Decision = { action: "rerun", reasons: [{ property: "input" }] };
const startedAt = "2026-01-01T00:00:00.000Z";
const state = aState({ id: "run1", startedAt });

describe("what the operations of a deployment know from each other", () => {
  it("is nothing at first", () => {
    const ledger = createDeploymentLedger();
    assert.equal(ledger.runToReplace("a"), undefined);
    assert.equal(ledger.isInUse("run1"), false);
  });

  for (const [status, property, reusableIf] of [
    ["FAILED", "status", "running"],
    ["RUNNING", "status", "runningOrGood"],
    ["SUCCEEDED", "trackedBuild", "never"],
    ["RUNNING", "trackedTask", "never"],
  ] as const) {
    it(`says when a run that was ${status} may be reused, if it is replaced because of ${property}: ${reusableIf}`, () => {
      const ledger = createDeploymentLedger();
      ledger.recordDecision("a", aState({ status }), {
        action: "rerun",
        reasons: [{ property }],
      });
      assert.equal(ledger.runToReplace("a")?.reusableIf, reusableIf);
    });
  }

  it("includes the run that a resource is to replace, by its owner", () => {
    const ledger = createDeploymentLedger();
    ledger.recordDecision("a", state, rerun);
    assert.deepEqual(ledger.runToReplace("a"), { id: "run1", startedAt, reusableIf: "running" });
    assert.equal(ledger.runToReplace("b"), undefined);
  });

  it("includes the run that was decided upon last", () => {
    const ledger = createDeploymentLedger();
    ledger.recordDecision("a", state, rerun);
    ledger.recordDecision("a", aState({ id: "run2", startedAt }), rerun);
    assert.equal(ledger.runToReplace("a")?.id, "run2");
  });

  for (const action of ["nothing", "update"] as const) {
    it(`includes no run to replace after the decision "${action}"`, () => {
      const ledger = createDeploymentLedger();
      ledger.recordDecision("a", state, { action });
      assert.equal(ledger.runToReplace("a"), undefined);
    });

    it(`says that a declared resource keeps its run, from its own predecessor too, after the decision "${action}"`, () => {
      const ledger = createDeploymentLedger();
      ledger.recordDeclaration("a", "new");
      ledger.recordDecision("a", state, { action });
      assert.equal(ledger.isInUse("run1"), true);
      assert.equal(ledger.isInUse("run2"), false);
    });

    it(`does not keep a run whose resource was given another one after the decision "${action}"`, () => {
      const ledger = createDeploymentLedger();
      ledger.recordDeclaration("a", "new");
      ledger.recordDecision("a", state, { action });
      ledger.recordRun("a", "run2");
      assert.equal(ledger.isInUse("run1"), false);
      assert.equal(ledger.isInUse("run2"), true);
    });
  }

  it("says that nobody keeps a run that only a refresh decided about, so that it can be deleted", () => {
    const ledger = createDeploymentLedger();
    ledger.recordDeclaration("b", "new");
    ledger.recordDecision("a", state, { action: "nothing" });
    assert.equal(ledger.isInUse("run1"), false);
  });

  it("says that nobody keeps a run that is replaced", () => {
    const ledger = createDeploymentLedger();
    ledger.recordDeclaration("a", "new");
    ledger.recordDecision("a", state, rerun);
    assert.equal(ledger.isInUse("run1"), false);
  });

  it("says that nobody keeps a run any more that is to be replaced after all", () => {
    const ledger = createDeploymentLedger();
    ledger.recordDeclaration("a", "new");
    ledger.recordDecision("a", state, { action: "nothing" });
    ledger.recordDecision("a", state, rerun);
    assert.equal(ledger.isInUse("run1"), false);
  });

  it("says that a run is kept which a resource was given, from its own predecessor too", () => {
    const ledger = createDeploymentLedger();
    ledger.recordDecision("a", state, rerun);
    ledger.recordRun("a", "run1");
    assert.equal(ledger.isInUse("run1"), true);
    assert.equal(ledger.isInUse("run2"), false);
  });

  describe("about the purge of a run", () => {
    const now = { when: "now" };
    const never = { when: "never" };
    let ledger: DeploymentLedger;
    beforeEach(() => {
      ledger = createDeploymentLedger();
      ledger.recordDeclaration("a", "new");
    });

    /** A create that gave its resource a run, which delivered unless told otherwise. */
    function create(owner: string, runId: string, outcome: "good" | "bad" = "good"): void {
      ledger.recordRun(owner, runId);
      if (outcome === "good") ledger.recordDelivered(owner);
      else ledger.recordUndelivered(owner, runId);
      ledger.finishCreate(owner);
    }

    it("let it go when its resource is not declared any more", () => {
      assert.deepEqual(createDeploymentLedger().decidePurge("a", "run1"), now);
    });

    it("let it go when its resource is not declared any more, and all creates are done", () => {
      create("a", "run2");
      assert.deepEqual(ledger.decidePurge("b", "run1"), now);
    });

    it("let it go when its successor has delivered", () => {
      ledger.recordDecision("a", state, rerun);
      create("a", "run2");
      assert.deepEqual(ledger.decidePurge("a", "run1"), now);
    });

    it("let it go when the successor of an earlier deployment has delivered", () => {
      ledger.recordDecision("a", aState({ id: "run2", status: "SUCCEEDED" }), {
        action: "nothing",
      });
      assert.deepEqual(ledger.decidePurge("a", "run1"), now);
    });

    it("let it go when the successor delivers in an update", () => {
      ledger.recordDecision("a", aState({ id: "run2", status: "RUNNING" }), { action: "update" });
      ledger.recordDelivered("a");
      assert.deepEqual(ledger.decidePurge("a", "run1"), now);
    });

    it("make it wait for a successor that is still to be started, whoever decided that", () => {
      assert.deepEqual(ledger.decidePurge("a", "run1"), { when: "afterDelivery", owner: "a" });
      ledger.recordDecision("a", state, rerun);
      assert.deepEqual(ledger.decidePurge("a", "run1"), { when: "afterDelivery", owner: "a" });
    });

    it("make it wait for the successor by its new name, when its resource was renamed", () => {
      ledger.recordDecision("a", state, rerun);
      const verdict = ledger.decidePurge("the old name", "run1");
      assert.deepEqual(verdict, { when: "afterDelivery", owner: "a" });
    });

    it("make it wait while something is to be created, if nothing is known of its resource yet", () => {
      assert.deepEqual(ledger.decidePurge("b", "run1"), { when: "afterDelivery", owner: "b" });
    });

    it("keep it when its successor has not delivered, by whichever name", () => {
      ledger.recordDecision("a", state, rerun);
      create("a", "run2", "bad");
      assert.deepEqual(ledger.decidePurge("a", "run1"), never);
      assert.deepEqual(ledger.decidePurge("the old name", "run1"), never);
      assert.deepEqual(ledger.decidePurge("b", "run3"), now);
    });

    it("keep it when the create of its successor failed", () => {
      ledger.finishCreate("a");
      assert.deepEqual(ledger.decidePurge("a", "run1"), never);
    });

    it("keep it while the successor of an earlier deployment is still going", () => {
      ledger.recordDecision("a", aState({ id: "run2", status: "RUNNING" }), { action: "nothing" });
      assert.deepEqual(ledger.decidePurge("a", "run1"), never);
    });

    it("keep nothing because of the run itself", () => {
      create("a", "run2", "bad");
      assert.deepEqual(ledger.decidePurge("a", "run2"), now);
    });

    it("keep nothing because of a resource that only a refresh decided about", () => {
      create("a", "run2");
      ledger.recordDecision("b", aState({ id: "run3", status: "RUNNING" }), { action: "nothing" });
      assert.deepEqual(ledger.decidePurge("b", "run1"), now);
    });

    it("hand what has to wait to the create, once, and say how that ended", () => {
      ledger.deferPurge("a", state);
      ledger.recordRun("a", "run2");
      ledger.recordDelivered("a");
      assert.deepEqual(ledger.finishCreate("a"), { delivered: true, purges: [state] });
      assert.deepEqual(ledger.finishCreate("a"), { delivered: true, purges: [] });
    });
  });

  describe("about a run that is recorded, and that nobody decided about", () => {
    it("say that there is one when the engine gave its inputs", () => {
      const ledger = createDeploymentLedger();
      ledger.recordDeclaration("a", "existing");
      ledger.recordDeclaration("a", "new");
      assert.equal(ledger.isForcedReplacement("a"), true);
      assert.equal(ledger.isForcedReplacement("b"), false);
    });

    it("say that there is one which was to stay as it is", () => {
      const ledger = createDeploymentLedger();
      ledger.recordDecision("a", state, { action: "nothing" });
      assert.equal(ledger.isForcedReplacement("a"), true);
    });

    it("say that there is none when it was decided", () => {
      const ledger = createDeploymentLedger();
      ledger.recordDeclaration("a", "existing");
      ledger.recordDecision("a", state, rerun);
      assert.equal(ledger.isForcedReplacement("a"), false);
    });
  });

  it("is each deployment's own", () => {
    createDeploymentLedger().recordRun("a", "run1");
    assert.equal(createDeploymentLedger().isInUse("run1"), false);
  });
});
