import assert from "node:assert/strict";
import {
  expectDestroyed,
  expectSettled,
  recordedTask,
  succeeds,
  writesOf,
} from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";
import type { SavedTask } from "../support/taskAccess";

/** One argument, or one property of an argument, as a program declares it first and later. */
interface Row {
  readonly path: readonly [argument: string, property?: string];
  readonly first: unknown;
  readonly then: unknown;
  /** What Apify has when the program no longer declares it. */
  readonly removed: unknown;
}

const rowsOf = (argument: string, removed: unknown, properties: object): readonly Row[] =>
  Object.entries(properties as Record<string, readonly [unknown, unknown]>).map(
    ([property, [first, then]]) => ({ path: [argument, property], first, then, removed }),
  );

const rows: readonly Row[] = [
  { path: ["name"], first: "one-name", then: "Another-Name", removed: "Another-Name" },
  { path: ["title"], first: "One", then: "Ünother <title>", removed: null },
  { path: ["description"], first: "One", then: "Two\nlines", removed: null },
  { path: ["input"], first: { a: { b: [1] } }, then: { a: { b: [null] } }, removed: null },
  ...rowsOf("options", undefined, {
    build: ["latest", "beta"],
    timeoutSecs: [60, 0],
    memoryMbytes: [512, 1024],
    maxItems: [5, 6],
    maxTotalChargeUsd: [0.5, 2],
    restartOnError: [true, false],
  }),
  ...rowsOf("actorStandby", null, {
    isEnabled: [true, false],
    desiredRequestsPerActorRun: [1, 2],
    maxRequestsPerActorRun: [3, 4],
    idleTimeoutSecs: [60, 0],
    build: ["latest", "beta"],
    memoryMbytes: [512, 1024],
    disableStandbyFieldsOverride: [true, false],
    shouldPassActorInput: [true, false],
  }),
];

const nameOf = ({ path }: Row): string => path.join("-");

function valueIn(task: SavedTask, { path: [argument, property] }: Row): unknown {
  const value = (task as unknown as Record<string, unknown>)[argument];
  return property === undefined ? value : (value as Record<string, unknown>)[property];
}

/** The task as it has to be when only what the row declares has changed. */
function changed(task: SavedTask, { path: [argument, property] }: Row, value: unknown): object {
  if (property === undefined) return { ...task, [argument]: value };
  const old = (task as unknown as Record<string, object | null>)[argument];
  const properties = Object.entries({ ...old, [property]: value });
  const present = properties.filter(([, each]) => each !== undefined);
  return { ...task, [argument]: Object.fromEntries(present) };
}

describeEngine("engine: each argument of a task", { sandboxPer: "suite" }, (sandbox) => {
  /** Declares a task for each row; without a generation, its argument is not declared. */
  function declare(generation?: "first" | "then"): void {
    const declared = rows.map((row) => {
      const [argument, property] = row.path;
      const value = generation === undefined ? undefined : row[generation];
      const args =
        property === undefined ? { [argument]: value } : { [argument]: { [property]: value } };
      return [nameOf(row), { actorId: "janedoe/obedient", ...args }];
    });
    sandbox.project.program(`
      for (const [name, args] of ${JSON.stringify(declared)}) new apify.Task(name, args);`);
  }

  /** The task of each row, and that there is no other. */
  async function tasksOfRows(): Promise<ReadonlyMap<Row, SavedTask>> {
    const { project, tasks } = sandbox;
    const all = new Map((await tasks.all()).map((task) => [task.id, task]));
    assert.equal(all.size, rows.length);
    const recorded = new Map((await project.tasks()).map(({ name, id = "" }) => [name, id]));
    return new Map(
      rows.map((row) => [
        row,
        all.get(recorded.get(nameOf(row)) ?? "") ?? assert.fail(nameOf(row)),
      ]),
    );
  }

  let before: ReadonlyMap<Row, SavedTask>;

  async function expectChanges(valueOf: (row: Row) => unknown): Promise<void> {
    const after = await tasksOfRows();
    for (const row of rows) {
      const old = before.get(row) ?? assert.fail();
      const expected = changed(old, row, valueOf(row));
      assert.deepEqual(after.get(row), expected, nameOf(row));
    }
    before = after;
  }

  it("is in the task that is created with it, with one request for each task", async () => {
    const { emulator, project } = sandbox;
    declare("first");
    await succeeds(project.up());
    assert.deepEqual(
      writesOf(emulator),
      rows.map(() => "POST /v2/actor-tasks 201"),
    );
    before = await tasksOfRows();
    for (const [row, task] of before) assert.deepEqual(valueIn(task, row), row.first, nameOf(row));
    await expectSettled(emulator, project);
  });

  it("is changed in place, and leaves alone what the program does not declare", async () => {
    const { emulator, project, tasks } = sandbox;
    for (const [{ path }, { id }] of before) {
      if (path[0] !== "description") await tasks.edit(id, { description: "by hand" });
      if (path[0] !== "options") await tasks.edit(id, { options: { maxItems: 77 } });
    }
    before = await tasksOfRows();
    emulator.clearRequests();
    declare("then");
    await succeeds(project.up());
    const puts = [...before.values()].map(({ id }) => `PUT /v2/actor-tasks/${id} 200`);
    assert.deepEqual([...writesOf(emulator)].sort(), puts.sort());
    await expectChanges(({ then }) => then);
    await expectSettled(emulator, project);
  });

  it("is reset when the program no longer has it, but a name stays", async () => {
    const { emulator, project } = sandbox;
    declare();
    await succeeds(project.up());
    await expectChanges(({ removed }) => removed);
    assert.deepEqual((await recordedTask(project, "name")).outputs.name, "Another-Name");
    await expectSettled(emulator, project);
    await expectDestroyed(emulator, project);
    assert.deepEqual(await sandbox.tasks.all(), []);
  });
});
