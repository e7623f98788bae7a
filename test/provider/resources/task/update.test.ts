import assert from "node:assert/strict";
import { create } from "../../../../provider/resources/task/create";
import { update } from "../../../../provider/resources/task/update";
import { consoleUrl, plainErrorOf } from "../../support/taskRuns";
import { startTaskApify } from "../../support/tasks";
import type { CheckedArgs, TaskState } from "../../../../provider/resources/task/state";
import type { TaskApify } from "../../support/tasks";

const args: CheckedArgs = {
  actorId: "janedoe~by-hand",
  name: "prices",
  title: "Prices",
  input: { a: 1 },
  options: { memoryMbytes: 512, timeoutSecs: 60 },
};

describe("update of a Task", () => {
  let apify: TaskApify;
  let state: TaskState;
  beforeEach(async () => {
    apify = await startTaskApify();
    state = await create(apify.context(), args);
    apify.emulator.clearRequests();
  });
  afterEach(() => apify.close());

  it("sends what changed alone, and records what came of it", async () => {
    const news: CheckedArgs = { ...args, title: "Other" };
    const context = apify.context();
    const now = await update(context, state, news);
    const [write, ...others] = apify.emulator.writes();
    assert.deepEqual(others, []);
    assert.equal(write?.method, "PUT");
    assert.deepEqual(write.body, { title: "Other" });
    assert.deepEqual(now.args, news);
    assert.equal(now.facts.id, state.facts.id);
    assert.notEqual(now.facts.modifiedAt, state.facts.modifiedAt);
    assert.equal(context.ledger.isInUse(context.owner, state.facts.id), true);
  });

  it("sends nothing for an argument that Apify does not have", async () => {
    const now = await update(apify.context(), state, { ...args, onDelete: "keep" });
    assert.equal(now.args.onDelete, "keep");
    assert.deepEqual(apify.writes(), []);
  });

  it("resets what is not declared any more, and leaves alone what never was", async () => {
    const { id } = state.facts;
    await apify.client.updateTask(id, {
      description: "by hand",
      options: { memoryMbytes: 512, timeoutSecs: 60, maxItems: 9 },
    });
    const { actorId, name } = args;
    await update(apify.context(), state, { actorId, name, options: { timeoutSecs: 60 } });
    const task = await apify.client.getTask(id);
    assert.deepEqual([task.title, task.input], [null, null]);
    assert.equal(task.description, "by hand");
    const { memoryMbytes, timeoutSecs, maxItems } = task.options ?? {};
    assert.deepEqual([memoryMbytes, timeoutSecs, maxItems], [null, 60, 9]);
  });

  it("puts back what was edited on Apify, if it is declared", async () => {
    await apify.client.updateTask(state.facts.id, { title: "Edited", input: { b: 2 } });
    const now = await update(apify.context(), state, args);
    const task = await apify.client.getTask(state.facts.id);
    assert.deepEqual([task.title, task.input], ["Prices", { a: 1 }]);
    assert.equal(now.facts.fingerprint, state.facts.fingerprint);
  });

  it("changes the task once when the response is lost", async () => {
    apify.failNext("PUT", { kind: "reset", when: "afterWork" });
    const now = await update(apify.context(), state, { ...args, title: "Other" });
    assert.equal((await apify.client.getTask(now.facts.id)).title, "Other");
  });

  it("fails for a name that another task has, and says what to do", async () => {
    const { message } = await plainErrorOf(
      update(apify.context(), state, { ...args, name: "scrape" }),
    );
    assert.equal(
      message,
      `Task janedoe~prices (${state.facts.id}) was not changed: the account already has a task named "scrape". Choose another \`name\`, or rename that task.`,
    );
  });

  it("fails for a task that is gone, and says how to get it back", async () => {
    await apify.client.deleteTask(state.facts.id);
    const { message } = await plainErrorOf(update(apify.context(), state, { ...args, title: "B" }));
    assert.match(message, /is no longer on Apify, so it was not changed\. Run `pulumi up` again/);
  });

  it("fails for a task of another account, and says what to set", async () => {
    const account = {
      client: apify.stranger,
      tokenFrom: "APIFY_TOKEN",
      baseUrl: apify.emulator.url,
      consoleUrl,
    };
    const context = { ...apify.context(), account: () => account };
    const { message } = await plainErrorOf(update(context, state, { ...args, title: "B" }));
    assert.match(message, /belongs to another account.*\nSet `account` or apify:token/);
    assert.deepEqual(apify.writes(), []);
  });
});
