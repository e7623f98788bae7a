import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, fails, succeeds, writesOf } from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";
import type { Run } from "../../../emulator";
import type { SavedTask } from "../support/taskAccess";

const names = ["automatic", "explicit", "first"] as const;

type Name = (typeof names)[number];

/** A task and its run, as the stack has them. */
interface Pair {
  readonly task: SavedTask;
  readonly run: Run;
}

/** The writes, where nothing has to make room for the new task first. */
const inOrder = [
  "create the new task",
  "run the new task",
  "delete the old run",
  "delete the old task",
];

/** The writes, where the old task is deleted before the new one is created. */
const deletedFirst = [
  "delete the old task",
  "create the new task",
  "run the new task",
  "delete the old run",
];

describeEngine("engine: a task that is replaced", { sandboxPer: "suite" }, (sandbox) => {
  /** Tasks with an automatic name, a name of its own, and one that is deleted before it is replaced; each has a run. */
  function declare(actorId: string): void {
    const input = { items: [{ price: 1 }] };
    const own = { automatic: {}, explicit: { name: "my-scraper" }, first: { name: "my-first" } };
    sandbox.project.program(`
      for (const [name, own] of Object.entries(${JSON.stringify(own)})) {
        const task = new apify.Task(name, {
          actorId: "${actorId}", input: ${JSON.stringify(input)}, ...own,
        }, { deleteBeforeReplace: name === "first" });
        new apify.TaskRun("run-" + name, {
          actorTaskId: task.id, triggers: [task.fingerprint], onDelete: "purge",
        });
      }`);
  }

  async function pairs(): Promise<Readonly<Record<Name, Pair>>> {
    const { emulator, project, tasks } = sandbox;
    const all = await tasks.all();
    assert.equal(all.length, names.length);
    const resources = [...(await project.tasks()), ...(await project.taskRuns())];
    assert.equal(resources.length, 2 * names.length);
    const idOf = (name: string): string | undefined =>
      resources.find((each) => each.name === name)?.id;
    const pair = (name: Name): Pair => {
      const task = all.find(({ id }) => id === idOf(name)) ?? assert.fail(name);
      const run = emulator.run(idOf(`run-${name}`) ?? "") ?? assert.fail(name);
      assert.equal(run.actorTaskId, task.id);
      assert.deepEqual(emulator.dataset(run.defaultDatasetId), [{ price: 1 }]);
      return { task, run };
    };
    return { automatic: pair("automatic"), explicit: pair("explicit"), first: pair("first") };
  }

  /** The writes about one task, its run, and what replaces them, in their order. */
  function stepsOf(old: Pair, now: Pair): readonly string[] {
    const words = new Map([
      [`PUT /v2/actor-tasks/${old.task.id}`, "rename the old task"],
      [`DELETE /v2/actor-runs/${old.run.id}`, "delete the old run"],
      [`DELETE /v2/actor-tasks/${old.task.id}`, "delete the old task"],
      [`POST /v2/actor-tasks/${now.task.id}/runs`, "run the new task"],
    ]);
    return sandbox.emulator.writes().flatMap(({ method, pathname, body }) => {
      const isCreate =
        pathname === "/v2/actor-tasks" && (body as { name?: unknown }).name === now.task.name;
      return isCreate ? ["create the new task"] : (words.get(`${method} ${pathname}`) ?? []);
    });
  }

  it("by one of another Actor, has its run replaced, and is deleted after it", async () => {
    const { emulator, project } = sandbox;
    declare("janedoe/obedient");
    await succeeds(project.up());
    const old = await pairs();
    emulator.clearRequests();
    declare("janedoe/obedient-too");
    const output = await succeeds(project.up());
    assert.match(
      output,
      /The replaced task janedoe~my-scraper \(\w+\) is now named "my-scraper-replaced-[0-9a-f]{7}", since its successor takes its name\./,
    );
    const now = await pairs();
    for (const name of names) assert.notEqual(now[name].task.id, old[name].task.id, name);
    assert.deepEqual(stepsOf(old.automatic, now.automatic), inOrder);
    assert.deepEqual(stepsOf(old.explicit, now.explicit), ["rename the old task", ...inOrder]);
    assert.deepEqual(stepsOf(old.first, now.first), deletedFirst);
    assert.deepEqual([now.explicit.task.name, now.first.task.name], ["my-scraper", "my-first"]);
    await expectSettled(emulator, project);
  });

  it("by --replace, is replaced if the new one has another name, or the old one is deleted first", async () => {
    const { emulator, project, tasks } = sandbox;
    const replace = async (...replaced: readonly Name[]): Promise<readonly string[]> =>
      (await project.tasks())
        .filter(({ name }) => replaced.some((each) => each === name))
        .flatMap(({ urn }) => ["--replace", urn]);
    const old = await pairs();
    emulator.clearRequests();
    await succeeds(project.up(...(await replace("automatic", "first"))));
    const now = await pairs();
    assert.deepEqual(stepsOf(old.automatic, now.automatic), inOrder);
    assert.deepEqual(stepsOf(old.first, now.first), deletedFirst);

    emulator.clearRequests();
    const output = await fails(project.up(...(await replace("explicit"))));
    assert.match(output, /No task was created: the account already has a task named "my-scraper"/);
    assert.match(output, /because of `--replace`, set the resource option `deleteBeforeReplace`/);
    assert.deepEqual(writesOf(emulator), []);

    // Pulumi gives the name of the first time again, and so its task, which must not be deleted then.
    await succeeds(project.up(...(await replace("automatic"))));
    assert.equal((await pairs()).automatic.task.id, now.automatic.task.id);
    await expectSettled(emulator, project);
    await expectDestroyed(emulator, project);
    assert.deepEqual(await tasks.all(), []);
  });
});
