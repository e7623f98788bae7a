import assert from "node:assert/strict";
import { check } from "../../../../provider/resources/task/check";
import { create } from "../../../../provider/resources/task/create";
import { checkedArgs, serializeState } from "../../../../provider/resources/task/storedState";
import { update } from "../../../../provider/resources/task/update";
import { unknown } from "../../support/taskRuns";
import { startTaskApify } from "../../support/tasks";
import type { TaskState } from "../../../../provider/resources/task/state";
import type { TaskApify } from "../../support/tasks";

type Properties = Record<string, unknown>;

const given: Properties = {
  actorId: "janedoe/by-hand",
  name: "prices",
  title: "Prices",
  input: { a: 1 },
  options: { memoryMbytes: 512, timeoutSecs: 60 },
};

describe("the fingerprint that check foresees", () => {
  let apify: TaskApify;
  let before: Properties;
  let state: TaskState;
  beforeEach(async () => {
    apify = await startTaskApify();
    await deploy(given);
  });
  afterEach(() => apify.close());

  /** Creates a task as a deployment does, which stores what its check returned. */
  async function deploy(args: Properties): Promise<void> {
    const context = apify.context();
    before = (await check(context, {}, args)).args;
    state = await create(context, checkedArgs(before));
  }

  /** What check foresees for other arguments, and what the task has after the update. */
  async function change(args: Properties): Promise<{ foreseen: unknown; actual: unknown }> {
    const context = apify.context();
    const checked = await check(context, before, args);
    assert.deepEqual(checked.problems, []);
    before = checked.args;
    state = await update(context, state, checkedArgs(before));
    return { foreseen: before.fingerprint, actual: state.facts.fingerprint };
  }

  const { title, input, options, ...bare } = given;
  const changes: Readonly<
    Record<string, { readonly args: Properties; readonly isOther: boolean }>
  > = {
    nothing: { args: given, isOther: false },
    "another title": { args: { ...given, title: "Other" }, isOther: false },
    "no title": { args: { ...bare, input, options }, isOther: false },
    "another name": { args: { ...given, name: "other-prices" }, isOther: false },
    "a description": { args: { ...given, description: "D" }, isOther: false },
    "a standby setting": { args: { ...given, actorStandby: { isEnabled: true } }, isOther: false },
    "another onDelete": { args: { ...given, onDelete: "keep" }, isOther: false },
    "another input": { args: { ...given, input: { a: 2 } }, isOther: true },
    "an empty input": { args: { ...given, input: {} }, isOther: true },
    "no input": { args: { ...bare, title, options }, isOther: true },
    "another option": {
      args: { ...given, options: { memoryMbytes: 1024, timeoutSecs: 60 } },
      isOther: true,
    },
    "one option more": {
      args: { ...given, options: { ...(options as object), build: "latest" } },
      isOther: true,
    },
    "one option less": { args: { ...given, options: { timeoutSecs: 60 } }, isOther: true },
    "no options": { args: { ...bare, title, input }, isOther: true },
    "the title and the input": { args: { ...given, title: "Other", input: {} }, isOther: true },
  };
  for (const [what, { args, isOther }] of Object.entries(changes)) {
    it(`is that after the update, and ${isOther ? "another one" : "the same"} for ${what}`, async () => {
      const first = state.facts.fingerprint;
      const { foreseen, actual } = await change(args);
      // The first check of a task cannot know it.
      if (what !== "nothing") assert.equal(foreseen, actual);
      assert.equal(actual !== first, isOther);
      const again = await change(args);
      assert.deepEqual(again, { foreseen: foreseen ?? actual, actual });
    });
  }

  it("is not known of a new task, nor of one that moves to another Actor", async () => {
    assert.equal(before.fingerprint, undefined);
    const { args } = await check(apify.context(), before, { ...given, actorId: "janedoe~other" });
    assert.equal(args.fingerprint, undefined);
    assert.equal(args.actId, (await apify.client.getActor("janedoe~other")).id);
  });

  it("is not known while the input or the options are not, at any depth", async () => {
    for (const args of [
      { ...given, input: unknown },
      { ...given, input: { a: [{ b: unknown }] } },
      { ...given, options: { memoryMbytes: unknown } },
      { ...given, actorId: unknown },
      { ...given, account: unknown },
    ]) {
      const checked = await check(apify.context(), before, args);
      assert.deepEqual(checked.problems, []);
      assert.equal(checked.args.fingerprint, undefined);
    }
    const titled = await check(apify.context(), before, { ...given, title: unknown });
    assert.equal(titled.args.fingerprint, state.facts.fingerprint);
  });

  it("counts what was edited on Apify and is not declared", async () => {
    await change({ ...given, options: undefined });
    await apify.client.updateTask(state.facts.id, { options: { maxItems: 7 } });
    const { foreseen, actual } = await change({ ...given, options: undefined, onDelete: "keep" });
    assert.equal(foreseen, actual);
  });

  it("is that of the task that is adopted, and of one that was", async () => {
    const task = await apify.client.getTask("janedoe~scrape");
    await deploy({ actorId: "janedoe~by-hand", adoptTaskId: task.id, input: { a: 1 } });
    const adopted = { actorId: "janedoe~by-hand", adoptTaskId: task.id };
    const other = await change({ ...adopted, input: { a: 2 } });
    assert.equal(other.foreseen, other.actual);
    const removed = await change({ actorId: "janedoe~by-hand", input: { a: 3 } });
    assert.equal(removed.foreseen, removed.actual);
  });

  it("is not read from what another resource of the deployment read before the change", async () => {
    const task = await apify.client.getTask("janedoe~scrape");
    await deploy({ actorId: "janedoe~by-hand", adoptTaskId: task.id, input: { a: 1 } });
    const context = apify.context();
    const args = { actorId: "janedoe~by-hand", adoptTaskId: task.id, input: { a: 2 } };
    const checked = await check(context, before, args);
    const updated = await update(context, state, checkedArgs(checked.args));
    // A TaskRun with trackTask reads the task through the reads that a deployment shares.
    const { input: seen } = await context.reads.task(context.account(), updated.facts.id);
    assert.deepEqual(seen, { a: 2 });
  });

  it("is stored as the update found it", () => {
    assert.equal(serializeState(state).fingerprint, state.facts.fingerprint);
    assert.match(String(state.facts.fingerprint), /^[0-9a-f]{16}$/);
  });
});
