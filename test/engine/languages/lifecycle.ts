import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  expectDestroyed,
  expectNoChange,
  expectSettled,
  fails,
  recorded,
  recordedRun,
  recordedTask,
  startsOf,
  succeeds,
} from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";
import { pythonTimeoutMillis } from "../support/python";
import { openLanguageProject, secretNote } from "./language";
import type { Opened } from "../support/describeEngine";
import type { Project } from "../support/project";
import type { Language, Wanted } from "./language";

/** What the tests share. */
export interface Lifecycle {
  readonly sandbox: Opened;
  /** The project in the language. */
  readonly project: Project;
  /** What its program declares now. */
  readonly wanted: Wanted;
}

/**
 * Describes the life of a Task and its TaskRuns, declared by a program in this language. `more` describes what can be
 * done before they are destroyed.
 */
export function describeLifecycle(
  language: Language,
  more: (opened: () => Lifecycle) => void = () => undefined,
): void {
  const title = `engine: a program in ${language.name}`;
  describeEngine(title, { sandboxPer: "suite", shells: "native" }, (sandbox) => {
    let project: Project;
    let wanted: Wanted;
    let lastGood: Readonly<Record<string, unknown>>;
    before(async function () {
      this.timeout(pythonTimeoutMillis);
      project = await openLanguageProject(language, sandbox);
    });

    function program(now: Wanted): void {
      wanted = now;
      writeFileSync(join(project.folder, language.file), language.program(wanted));
    }

    it("previews what is not known yet, and runs a task once", async () => {
      const { emulator } = sandbox;
      program({ input: { items: [{ price: 1 }], output: "one price" } });
      await succeeds(project.run(["up", "--yes"]));
      assert.equal(startsOf(emulator).length, 1);
      const { id, defaultDatasetId, options } = await recordedRun(project);
      lastGood = await project.outputs();
      assert.deepEqual(lastGood, {
        runId: id,
        exitCode: 0,
        memoryMbytes: options.memoryMbytes,
        datasetId: defaultDatasetId,
        items: [{ price: 1 }],
        output: "one price",
      });
      assert.equal(options.memoryMbytes, 256);
      await expectSettled(emulator, project);
    });

    it("keeps a secret of the input out of the state", async () => {
      const { stdout } = await project.run(["stack", "export"]);
      assert.match(stdout, /one price/);
      assert.equal(stdout.includes(secretNote), false);
    });

    it("runs the task again for a changed input", async () => {
      const { emulator } = sandbox;
      const { id } = await recordedTask(project, "scraper");
      emulator.clearRequests();
      program({ input: { items: [{ price: 2 }], output: [1, 2] } });
      await succeeds(project.up());
      assert.equal(startsOf(emulator).length, 1);
      const outputs = await project.outputs();
      assert.deepEqual([outputs.items, outputs.output], [[{ price: 2 }], [1, 2]]);
      assert.notEqual(outputs.runId, lastGood.runId);
      assert.equal((await recordedTask(project, "scraper")).id, id);
      lastGood = outputs;
    });

    it("keeps the last good outputs when a rerun fails", async () => {
      const { input } = wanted;
      program({ input: { ...input, exitCode: 3 } });
      assert.match(await fails(project.up()), /ended with status FAILED/);
      assert.deepEqual(await project.outputs(), lastGood);
      assert.equal((await recorded(project)).id, lastGood.runId);
      program({ input });
    });

    it("shows what a refresh finds", async () => {
      const { emulator } = sandbox;
      emulator.setStatus(String(lastGood.runId), { usageTotalUsd: 0.5 });
      assert.match(await succeeds(project.refresh()), /Changed on Apify: usageTotalUsd/);
      assert.equal((await recorded(project)).outputs.usageTotalUsd, 0.5);
    });

    it("imports runs, by the command and by the option", async () => {
      const { emulator } = sandbox;
      const [first, second] = [await startRun(sandbox), await startRun(sandbox)];
      await succeeds(
        project.run([
          ...["import", "apify:index:TaskRun", "first", first, "--yes", "--protect=false"],
          // Not every language host of the tests writes programs.
          "--generate-code=false",
        ]),
      );
      const runs = { first: { task: "~scrape" }, second: { task: "~scrape", importId: second } };
      program({ ...wanted, runs });
      emulator.clearRequests();
      await succeeds(project.up());
      for (const [name, id] of Object.entries({ first, second })) {
        assert.equal((await recorded(project, name)).id, id);
      }
      // The input is that of the last good run again, so `prices` needs none either.
      assert.deepEqual(startsOf(emulator), []);
      await expectNoChange(emulator, project);
    });

    it("records a run as running after one ^C, and waits for it in the next up", async () => {
      const { emulator } = sandbox;
      program({ ...wanted, runs: { ...wanted.runs, slow: { task: "~by-hand" } } });
      const interrupted = project.start(["up", "--yes", "--skip-preview"]);
      const { id } = await emulator.whenRun(({ status }) => status === "RUNNING");
      await interrupted.shows(`Run ${id} started`);
      interrupted.signal("SIGINT");
      const { code, output } = await interrupted.ended;
      assert.notEqual(code, 0);
      assert.match(output, new RegExp(`Run ${id} is still running; stopped waiting`));
      assert.match(String((await recorded(project, "slow")).outputs.status), /^(READY|RUNNING)$/);
      emulator.clearRequests();
      const next = project.start(["up", "--yes", "--skip-preview"]);
      await next.shows(`Resuming the wait for run ${id}`);
      emulator.finish(id);
      await succeeds(next.ended);
      assert.deepEqual(startsOf(emulator), []);
      assert.equal((await recorded(project, "slow")).outputs.status, "SUCCEEDED");
    });

    more(() => ({ sandbox, project, wanted }));

    it("leaves nothing behind", async () => {
      const { emulator } = sandbox;
      await expectSettled(emulator, project);
      await expectDestroyed(emulator, project);
    });
  });
}

/** Starts a run of the task `scrape`, as somebody else does, and returns its id when it has ended. */
async function startRun({ emulator, token }: Opened): Promise<string> {
  const response = await fetch(`${emulator.url}/v2/actor-tasks/janedoe~scrape/runs`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
  });
  const { id } = ((await response.json()) as { data: { id: string } }).data;
  await emulator.whenRun((run) => run.id === id && run.status === "SUCCEEDED");
  return id;
}
