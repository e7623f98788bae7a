import assert from "node:assert/strict";
import { create } from "../../../../provider/resources/task/create";
import { autoName } from "../../../../provider/resources/task/autoName";
import { ApifyError } from "../../../../provider/apify/errors";
import { consoleUrl, owner, plainErrorOf } from "../../support/taskRuns";
import { startTaskApify } from "../../support/tasks";
import type { CheckedArgs } from "../../../../provider/resources/task/state";
import type { TaskApify } from "../../support/tasks";

const args: CheckedArgs = { actorId: "janedoe~by-hand", name: "prices" };

describe("create of a Task", () => {
  let apify: TaskApify;
  beforeEach(async () => {
    apify = await startTaskApify();
  });
  afterEach(() => apify.close());

  const taskNames = async (): Promise<readonly string[]> =>
    (await apify.client.listTasks()).items.map(({ name }) => name);

  it("creates one task with what was declared, and gives its state", async () => {
    const whole: CheckedArgs = {
      ...args,
      title: "Prices",
      description: "Prices of a shop",
      input: { depth: 2 },
      options: { build: "latest", timeoutSecs: 60, memoryMbytes: 512, restartOnError: true },
      actorStandby: { isEnabled: true },
      onDelete: "keep",
    };
    const context = apify.context();
    const state = await create(context, whole);
    assert.deepEqual(apify.writes(), ["POST /v2/actor-tasks"]);
    assert.deepEqual(state.args, whole);
    const { id } = state.facts;
    const task = await apify.client.getTask(id);
    assert.deepEqual(state.facts, {
      id,
      name: "prices",
      username: "janedoe",
      userId: (await apify.client.getUser()).id,
      actId: (await apify.client.getActor("janedoe~by-hand")).id,
      createdAt: task.createdAt,
      modifiedAt: task.modifiedAt,
      fingerprint: state.facts.fingerprint,
      consoleUrl: `${consoleUrl}/actors/tasks/${id}`,
    });
    assert.deepEqual(
      [task.title, task.description, task.input, task.actorStandby],
      ["Prices", "Prices of a shop", { depth: 2 }, { isEnabled: true }],
    );
    assert.equal(task.options?.memoryMbytes, 512);
    assert.deepEqual(context.lines, []);
    assert.equal(context.statuses.at(-1), `janedoe~prices (${id})`);
  });

  it("creates one task when the response is lost, whenever that happens", async () => {
    const faults = [
      { kind: "reset", when: "afterWork" },
      { kind: "reset", when: "beforeWork" },
      { kind: "cutBody" },
      { kind: "notJson" },
      { kind: "answer", work: "done", status: 502 },
      { kind: "answer", work: "none", status: 500 },
    ] as const;
    for (const [index, fault] of faults.entries()) {
      const name = `prices-${index}`;
      apify.failNext("POST", fault);
      const { facts } = await create(apify.context(), { ...args, name });
      assert.equal(facts.name, name);
      assert.equal((await taskNames()).filter((each) => each === name).length, 1);
    }
  });

  it("leaves a task alone that has the name, whatever case it is in", async () => {
    for (const name of ["scrape", "Scrape"]) {
      const { message } = await plainErrorOf(create(apify.context(), { ...args, name }));
      assert.match(message, /^No task was created/);
    }
    assert.deepEqual(await taskNames(), ["scrape"]);
    assert.ok(apify.writes().every((write) => write === "POST /v2/actor-tasks"));
  });

  it("finds the task of a deployment that was killed after its create", async () => {
    const name = autoName("prices", owner, undefined);
    const first = await create(apify.context(), { ...args, name });
    const again = await create(apify.context(), { ...args, name });
    assert.equal(again.facts.id, first.facts.id);
    assert.deepEqual(await taskNames(), [name, "scrape"]);
  });

  it("creates nothing for an Actor that is not there", async () => {
    const missing = { ...args, actorId: "janedoe~nothing" };
    const { message } = await plainErrorOf(create(apify.context(), missing));
    assert.match(message, /^No task was created\. .*\nCheck `actorId` "janedoe~nothing"/);
  });

  it("says that the task is in use from now on", async () => {
    const context = apify.context();
    const { facts } = await create(context, args);
    assert.equal(context.ledger.isInUse(context.owner, facts.id), true);
  });
});

describe("create of a Task that adopts", () => {
  let apify: TaskApify;
  let taskId: string;
  beforeEach(async () => {
    apify = await startTaskApify();
    taskId = (await apify.client.getTask("janedoe~scrape")).id;
    await apify.client.updateTask(taskId, { title: "Mine", input: { a: 1 } });
    apify.emulator.clearRequests();
  });
  afterEach(() => apify.close());

  const adopting = (more: Partial<CheckedArgs> = {}): CheckedArgs => ({
    actorId: "janedoe~by-hand",
    adoptTaskId: taskId,
    ...more,
  });

  it("takes the task as it is when nothing else is declared, and keeps its name", async () => {
    const context = apify.context();
    const { args, facts } = await create(context, adopting());
    assert.deepEqual([facts.id, facts.name], [taskId, "scrape"]);
    assert.deepEqual(args, adopting());
    assert.deepEqual(context.lines, [
      `Task janedoe~scrape (${taskId}) adopted (\`adoptTaskId\`): ${consoleUrl}/actors/tasks/${taskId}`,
    ]);
    assert.deepEqual(apify.writes(), []);
    assert.equal(context.ledger.isInUse(context.owner, taskId), true);
  });

  it("puts what is declared into the task, and leaves the rest alone", async () => {
    await create(apify.context(), adopting({ input: { b: 2 }, options: { maxItems: 5 } }));
    const task = await apify.client.getTask(taskId);
    assert.deepEqual([task.title, task.input, task.options?.maxItems], ["Mine", { b: 2 }, 5]);
    assert.deepEqual(apify.writes(), [`PUT /v2/actor-tasks/${taskId}`]);
  });

  it("renames the task when a name is declared", async () => {
    const { facts } = await create(apify.context(), adopting({ name: "prices" }));
    assert.equal(facts.name, "prices");
  });

  it("names the Actor by its id as well", async () => {
    const { id } = await apify.client.getActor("janedoe~by-hand");
    const { facts } = await create(apify.context(), adopting({ actorId: id ?? assert.fail() }));
    assert.equal(facts.actId, id);
  });

  it("fails for a name that another task has, and changes nothing", async () => {
    await create(apify.context(), { actorId: "janedoe~by-hand", name: "prices" });
    const { message } = await plainErrorOf(create(apify.context(), adopting({ name: "prices" })));
    assert.match(message, /was not changed: the account already has a task named "prices"/);
    assert.equal((await apify.client.getTask(taskId)).name, "scrape");
  });

  it("fails for another refusal with what Apify said", async () => {
    apify.failNext("PUT", {
      kind: "answer",
      work: "none",
      status: 403,
      type: "insufficient-permissions",
    });
    const change = adopting({ title: "A" });
    await assert.rejects(create(apify.context(), change), ApifyError);
  });

  it("fails for a task that is not there, creates none, and names the argument", async () => {
    const absent = adopting({ adoptTaskId: "nothing" });
    const { message } = await plainErrorOf(create(apify.context(), absent));
    assert.match(message, /^Task nothing \(`adoptTaskId`\) cannot be adopted: it does not exist/);
    assert.deepEqual(apify.writes(), []);
  });

  it("fails for a task of another account", async () => {
    const account = {
      client: apify.stranger,
      tokenFrom: "APIFY_TOKEN",
      baseUrl: apify.emulator.url,
      consoleUrl,
    };
    const context = { ...apify.context(), account: () => account };
    const { message } = await plainErrorOf(create(context, adopting()));
    assert.match(message, /or the token's account cannot see it/);
    assert.deepEqual(apify.writes(), []);
  });

  it("fails for a task of another Actor, and changes nothing", async () => {
    const other = adopting({ actorId: "janedoe~other", title: "A" });
    const { message } = await plainErrorOf(create(apify.context(), other));
    assert.match(
      message,
      /cannot be adopted: it is a task of Actor \w+, but `actorId` is "janedoe~other"/,
    );
    assert.deepEqual(apify.writes(), []);
  });
});
