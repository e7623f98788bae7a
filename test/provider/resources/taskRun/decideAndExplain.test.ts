import assert from "node:assert/strict";
import { decideAndExplain } from "../../../../provider/resources/taskRun/decideAndExplain";
import { aState, fakeClient, testContext, unknown } from "../../support/taskRuns";
import type { TestContext } from "../../support/taskRuns";

const args = { actorTaskId: "janedoe~scrape" };

describe("deciding about a resource, and explaining it", () => {
  let context: TestContext;
  beforeEach(() => {
    context = testContext(fakeClient());
  });

  it("records a rerun, so that create knows which run it replaces", () => {
    const decision = decideAndExplain(context, aState(), [], { ...args, build: "beta" });
    assert.deepEqual(decision, { action: "rerun", reasons: [{ property: "build" }] });
    assert.equal(context.ledger.runToReplace(context.owner)?.id, "run1");
  });

  it("reports why a run is replaced whose arguments did not change", () => {
    decideAndExplain(context, aState({ status: "FAILED" }), [], args);
    assert.deepEqual(context.lines, [
      "Run run1 ended with status FAILED. `pulumi up` runs the task again.",
    ]);
  });

  it("reports nothing about a changed argument, which the engine shows", () => {
    decideAndExplain(context, aState(), [], { ...args, input: { a: 1 } });
    assert.deepEqual(context.lines, []);
  });

  it("reports nothing when nothing is to be done", () => {
    assert.deepEqual(decideAndExplain(context, aState(), [], args), { action: "nothing" });
    assert.deepEqual(context.lines, []);
  });

  it("stores again what is damaged in the state or in the arguments, and reruns for neither", () => {
    const update = { action: "update" };
    const stored = aState({}, { build: "beta" });
    assert.deepEqual(
      decideAndExplain(context, aState(), ["build"], { ...args, build: "x" }),
      update,
    );
    assert.deepEqual(decideAndExplain(context, stored, [], { ...args, build: 5 }), update);
  });

  it("counts a resource as declared whose arguments are not known yet, since its check comes later", () => {
    decideAndExplain(context, aState(), [], { ...args, input: { a: unknown } });
    const decision = context.ledger.decidePurge(context.owner, "run1");
    assert.deepEqual(decision, { when: "afterDelivery", owner: context.owner });
  });
});
