import assert from "node:assert/strict";
import { decideAndExplain } from "../../../../provider/resources/task/decideAndExplain";
import { fakeClient } from "../../support/taskRuns";
import { aState, aTask, failing, lostResponse, missing, taskContext } from "../../support/tasks";
import type { Task } from "../../../../provider/apify/schemas/task";
import type { TaskTestContext } from "../../support/tasks";

function withTask(task: Task): TaskTestContext {
  return taskContext(fakeClient({ getTask: () => Promise.resolve(task) }));
}

const nothing = { action: "nothing" };

describe("deciding about a Task, and explaining it", () => {
  it("records the task, so that create knows which one it replaces", async () => {
    const context = withTask(aTask());
    const { args } = aState({ actorId: "actor2" });
    const decision = await decideAndExplain(context, aState(), args, "intact");
    assert.deepEqual(decision, { action: "replace", property: "actorId" });
    assert.deepEqual(context.ledger.existing(context.owner), aTask());
    assert.deepEqual(context.lines, []);
  });

  it("creates a task again that is gone, and says so", async () => {
    const context = taskContext(
      fakeClient({ getTask: failing(missing), getUser: failing(missing) }),
    );
    const decision = await decideAndExplain(context, aState(), aState().args, "intact");
    assert.deepEqual(decision, { action: "replace", property: "id" });
    assert.equal(context.ledger.existing(context.owner), "missing");
    assert.deepEqual(context.lines, [
      "Task task1 is no longer on Apify. `pulumi up` creates it again, with a new id.",
    ]);
  });

  it("changes nothing for a task of another account, which may well be there", async () => {
    const getUser = (): Promise<{ id: string }> => Promise.resolve({ id: "user2" });
    const context = taskContext(fakeClient({ getTask: failing(missing), getUser }));
    assert.deepEqual(await decideAndExplain(context, aState(), aState().args, "intact"), nothing);
    assert.equal(context.ledger.existing(context.owner), undefined);
    assert.deepEqual(context.lines, []);
  });

  it("changes nothing and says nothing when the read fails, whatever the reason", async () => {
    for (const error of [lostResponse, new TypeError("a defect")]) {
      const context = taskContext(fakeClient({ getTask: failing(error) }));
      assert.deepEqual(await decideAndExplain(context, aState(), aState().args, "intact"), nothing);
      assert.equal(context.ledger.existing(context.owner), undefined);
      assert.deepEqual(context.lines, []);
    }
    const context: TaskTestContext = {
      ...taskContext(fakeClient()),
      account: () => {
        throw new Error("There is no token.");
      },
    };
    assert.deepEqual(await decideAndExplain(context, aState(), aState().args, "intact"), nothing);
  });

  it("does not let a preview wait long for the read", async () => {
    const limits: unknown[] = [];
    const client = fakeClient({
      getTask: (_id, options) => {
        limits.push(options?.withinSecs);
        return Promise.resolve(aTask());
      },
    });
    await decideAndExplain(taskContext(client), aState(), aState().args, "intact");
    assert.deepEqual(limits, [5]);
  });

  it("names what was edited on Apify and is declared, and how to put it back", async () => {
    const context = withTask(aTask({ title: "Edited", input: { b: 2 }, description: "by hand" }));
    const state = aState({ title: "T", input: { a: 1 } });
    assert.deepEqual(await decideAndExplain(context, state, state.args, "intact"), nothing);
    assert.deepEqual(context.lines, [
      "Task task1 was edited on Apify: `title`, `input`. To put the declared values back, run `pulumi up --refresh`.",
    ]);
  });

  it("says nothing of edits that an update puts back anyway", async () => {
    const context = withTask(aTask({ title: "Edited" }));
    const { args } = aState({ title: "New" });
    const decision = await decideAndExplain(context, aState({ title: "T" }), args, "intact");
    assert.deepEqual(decision, { action: "update", changed: ["title"] });
    assert.deepEqual(context.lines, []);
  });

  it("records the task as in use unless it is replaced, even if it could not be read", async () => {
    const context = taskContext(fakeClient({ getTask: failing(lostResponse) }));
    await decideAndExplain(context, aState(), aState({ actorId: "actor2" }).args, "intact");
    assert.equal(context.ledger.isInUse("another", "task1"), false);
    await decideAndExplain(context, aState(), aState().args, "intact");
    assert.equal(context.ledger.isInUse("another", "task1"), true);
    assert.equal(context.ledger.isInUse(context.owner, "task1"), false);
  });

  it("stores a damaged state again", async () => {
    const decision = await decideAndExplain(withTask(aTask()), aState(), aState().args, "damaged");
    assert.deepEqual(decision, { action: "update", changed: [] });
  });
});
