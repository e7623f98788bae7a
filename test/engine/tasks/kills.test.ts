import assert from "node:assert/strict";
import { stopAt, type Stop } from "../../host/support/stop";
import { expectDestroyed, expectSettled, fails, succeeds } from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";
import { end, type Ended } from "../support/endings";
import { diagnosticsOf } from "../support/terminal";
import type { RecordedRequest } from "../../../emulator";
import type { RunningCommand } from "../support/project";
import type { SavedTask } from "../support/taskAccess";

/** How far the create of a task has come when the deployment is ended. */
const points = [
  /** It has not been sent. */
  "looking",
  /** It was carried out, and is not answered. */
  "unanswered",
  /** It is carried out when nobody waits for it any more. */
  "late",
] as const;

/** Whether the task has a name of its own, or the one that the provider gives it. */
const kinds = ["explicit", "automatic"] as const;

const names = kinds.flatMap((kind) => points.map((point) => `${kind}-${point}`));

const up = ["up", "--yes", "--skip-preview"];

for (const ending of ["^C", "^C^C", "SIGKILL"] as const) {
  const title = `engine: an up that is ended by ${ending} while it creates tasks`;
  describeEngine(title, { sandboxPer: "suite" }, (sandbox) => {
    /** Declares a task for each name; `adopted` gives the id of the task to adopt. */
    function declare(actorId: string, adopted: ReadonlyMap<string, string> = new Map()): void {
      const declared = names.map((name) => [
        name,
        {
          actorId,
          input: { name },
          ...(name.startsWith("explicit") ? { name } : {}),
          adoptTaskId: adopted.get(name),
        },
      ]);
      sandbox.project.program(`
        for (const [name, args] of ${JSON.stringify(declared)}) new apify.Task(name, args);`);
    }

    /** Ends a deployment that is at all points at once. */
    async function endThere(): Promise<Ended> {
      const { project } = sandbox;
      const stops = names.map((name) => stopOf(name));
      const command = project.start(up);
      await allReached(command, stops);
      const ended = await end(command, ending, () => {
        for (const stop of stops) stop.release();
        return Promise.resolve();
      });
      await Promise.all(stops.map(({ left }) => left));
      assert.notEqual(ended.code, 0, ended.output);
      if (ending === "SIGKILL") await succeeds(project.run(["cancel", "--yes"]));
      return ended;
    }

    function stopOf(name: string): Stop {
      const { emulator } = sandbox;
      if (name.endsWith("looking")) {
        const when = ({ pathname }: RecordedRequest): boolean => pathname.includes(`/~${name}`);
        return stopAt(emulator, "readTask", { when });
      }
      const work = name.endsWith("late") ? "late" : "done";
      const when = ({ body }: RecordedRequest): boolean =>
        String((body as { name?: unknown }).name).startsWith(name);
      return stopAt(emulator, "createTask", { work, when });
    }

    /** The tasks that were created for each name, those that were moved aside not counted. */
    async function created(actor: string): Promise<ReadonlyMap<string, SavedTask>> {
      const all = (await sandbox.tasks.all()).filter(({ actId }) => actId === actor);
      const found = new Map(all.map((task) => [String(task.input?.name), task]));
      assert.equal(found.size, all.length, "there is one task for each name at most");
      return found;
    }

    async function expectOneTaskEach(): Promise<void> {
      const { project, tasks } = sandbox;
      const all = await tasks.all();
      assert.deepEqual(all.map(({ input }) => input?.name).sort(), [...names].sort());
      const recorded = new Map((await project.tasks()).map(({ name, id }) => [name, id]));
      for (const { id, input } of all) assert.equal(recorded.get(String(input?.name)), id);
    }

    it("is followed by one that gets one task for each new resource", async () => {
      const { project } = sandbox;
      declare("janedoe/obedient");
      await endThere();
      if (ending === "^C") {
        await succeeds(project.up());
        await expectOneTaskEach();
        return;
      }
      const all = await sandbox.tasks.all();
      const orphans = new Map(all.map(({ id, input }) => [String(input?.name), id]));
      assert.equal(orphans.size, 4);
      const refused = await fails(project.up("--continue-on-error"));
      for (const name of ["explicit-unanswered", "explicit-late"]) {
        const text = diagnosticsOf(refused, name, "Task").join("\n");
        const id = orphans.get(name) ?? "";
        assert.ok(text.includes(`set \`adoptTaskId: "${id}"\``), refused);
        assert.match(text, /an earlier deployment that was interrupted created it/);
      }
      for (const name of ["automatic-unanswered", "automatic-late"]) {
        const text = diagnosticsOf(refused, name, "Task").join("\n");
        assert.match(text, /was already created for this resource\. It is used\./);
      }
      const adopted = ["explicit-unanswered", "explicit-late"].map(
        (name) => [name, orphans.get(name) ?? ""] as const,
      );
      declare("janedoe/obedient", new Map(adopted));
      await succeeds(project.up());
      declare("janedoe/obedient");
      await succeeds(project.up());
      await expectOneTaskEach();
    });

    it("is followed by one that gets one task for each that replaces another", async () => {
      const { emulator, project, tasks } = sandbox;
      const old = await tasks.all();
      declare("janedoe/obedient-too");
      await endThere();
      await succeeds(project.up());
      await expectOneTaskEach();
      const now = await created((await tasks.all())[0]?.actId ?? "");
      assert.equal(now.size, names.length);
      for (const { id } of old) assert.ok(![...now.values()].some((task) => task.id === id));
      for (const name of names.filter((each) => each.startsWith("explicit"))) {
        assert.equal(now.get(name)?.name, name);
      }
      await expectSettled(emulator, project);
      await expectDestroyed(emulator, project);
      assert.deepEqual(await tasks.all(), []);
    });
  });
}

async function allReached(command: RunningCommand, stops: readonly Stop[]): Promise<void> {
  const early = command.ended.then(({ output }) => {
    throw new Error(`The deployment ended before it came to all points:\n${output}`);
  });
  await Promise.race([Promise.all(stops.map(({ reached }) => reached)), early]);
  early.catch(() => undefined);
}
