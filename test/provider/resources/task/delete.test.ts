import assert from "node:assert/strict";
import { create } from "../../../../provider/resources/task/create";
import { deleteTask } from "../../../../provider/resources/task/delete";
import { createTaskLedger } from "../../../../provider/resources/task/taskLedger";
import { consoleUrl, fakeClient, plainErrorOf } from "../../support/taskRuns";
import {
  aState,
  failing,
  lostResponse,
  missing,
  quiet,
  startTaskApify,
  taskContext,
} from "../../support/tasks";
import type { TaskState } from "../../../../provider/resources/task/state";
import type { TaskApify } from "../../support/tasks";

describe("delete of a Task", () => {
  let apify: TaskApify;
  let state: TaskState;
  beforeEach(async () => {
    apify = await startTaskApify();
    state = await create(apify.context(), { actorId: "janedoe~by-hand", name: "prices" });
    apify.emulator.clearRequests();
  });
  afterEach(() => apify.close());

  const isThere = async (): Promise<boolean> =>
    (await apify.client.listTasks()).items.some(({ name }) => name === "prices");

  it("deletes the task, by its id, and leaves its runs", async () => {
    const start = { actorTaskId: state.facts.id, userAgentNote: "" };
    const started = await apify.client.startTaskRun(start);
    assert.ok(started.outcome === "started");
    apify.emulator.clearRequests();
    const context = apify.context();
    await deleteTask(context, state);
    assert.deepEqual(apify.writes(), [`DELETE /v2/actor-tasks/${state.facts.id}`]);
    assert.equal(await isThere(), false);
    assert.equal(apify.emulator.run(started.runId)?.id, started.runId);
    assert.deepEqual(context.lines, []);
  });

  it("counts a task as deleted that is gone, and one whose delete is lost", async () => {
    apify.failNext("DELETE", { kind: "reset", when: "afterWork" });
    await deleteTask(apify.context(), state);
    await deleteTask(apify.context(), state);
    assert.equal(await isThere(), false);
  });

  it("fails for a task of another account, whose token alone can delete it", async () => {
    const account = {
      client: apify.stranger,
      tokenFrom: "APIFY_TOKEN",
      baseUrl: apify.emulator.url,
      consoleUrl,
    };
    const context = { ...apify.context(), account: () => account };
    const { message } = await plainErrorOf(deleteTask(context, state));
    assert.equal(
      message,
      [
        `Task ${state.facts.id} belongs to another account, so this token can neither change nor delete it: ${consoleUrl}/actors/tasks/${state.facts.id}`,
        'Set `account` or apify:token so that the task\'s account is used, and run `pulumi up` again. To leave the task there instead, set `onDelete` to "keep", run `pulumi up`, and delete the resource again.',
      ].join("\n"),
    );
    assert.equal(await isThere(), true);
  });
});

describe("delete of a Task that must not delete", () => {
  it("sends nothing with onDelete keep, not even for an account that is not configured", async () => {
    const context = {
      ...quiet(),
      account: () => {
        throw new Error("There is no token.");
      },
    };
    await deleteTask(context, aState({ onDelete: "keep" }));
    assert.deepEqual(context.lines, []);
  });

  it("keeps a task that another resource of the deployment uses by now", async () => {
    const context = quiet();
    context.ledger.recordUse("task1");
    await deleteTask(context, aState());
    assert.deepEqual(context.lines, ["Task task1 is kept: another resource of the stack uses it."]);
  });

  it("keeps a task that another resource of the program has, since an earlier deployment", async () => {
    const context = quiet();
    context.ledger.recordKept("another", "task1");
    await deleteTask(context, aState());
    assert.equal(context.lines.length, 1);
  });

  for (const onDelete of ["purge", "DELETE", "", 5, null, true, ["delete"]]) {
    it(`keeps the task, and says so, with onDelete ${JSON.stringify(onDelete)}`, async () => {
      const context = quiet();
      await deleteTask(context, aState({ onDelete: onDelete as never }));
      assert.deepEqual(context.lines, [
        `Task task1 is kept: this version of pulumi-apify does not know \`onDelete\` ${JSON.stringify(onDelete)}.`,
      ]);
    });
  }

  it("deletes a task once all that had it are deleted, as in a destroy with a refresh", async () => {
    const deleted: string[] = [];
    const ledger = createTaskLedger();
    const client = fakeClient({ deleteTask: (id) => Promise.resolve(void deleted.push(id)) });
    for (const owner of ["one", "another"]) ledger.recordKept(owner, "task1");
    await deleteTask(taskContext(client, { ledger, owner: "one" }), aState());
    assert.deepEqual(deleted, []);
    await deleteTask(taskContext(client, { ledger, owner: "another" }), aState());
    assert.deepEqual(deleted, ["task1"]);
  });

  it("keeps what a resource has although an old task of it is deleted", async () => {
    const ledger = createTaskLedger();
    const client = fakeClient({ deleteTask: () => Promise.resolve() });
    ledger.recordKept("one", "task2");
    await deleteTask(taskContext(client, { ledger, owner: "one" }), aState());
    assert.equal(ledger.isInUse("another", "task2"), true);
  });

  it("hands on why Apify does not delete", async () => {
    const context = taskContext(fakeClient({ deleteTask: failing(lostResponse) }));
    await assert.rejects(deleteTask(context, aState()), lostResponse);
  });

  it("counts a task as deleted when nobody can say whose it is", async () => {
    const client = fakeClient({ deleteTask: failing(missing), getUser: failing(lostResponse) });
    await deleteTask(taskContext(client), aState());
    await deleteTask(taskContext(client), aState({}, { userId: undefined }));
  });
});
