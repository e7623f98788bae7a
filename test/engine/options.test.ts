import assert from "node:assert/strict";
import {
  expectSettled,
  fails,
  recorded,
  recordedRuns,
  succeeds,
  writesOf,
} from "./support/acceptance";
import { describeEngine } from "./support/describeEngine";
import { diagnosticsOf } from "./support/terminal";
import type { PreviewStep, StateResource } from "./support/project";

/** A resource for each option. The second round changes what each is to ignore, or to do about it. */
function programOf(round: 1 | 2): string {
  return `
    const run = (name, task, opts) =>
      new apify.TaskRun(name, { actorTaskId: "janedoe~" + task, input: { round: ${round} }, waitSecs: 0 }, opts);
    run("ignoring", "scrape", { ignoreChanges: ["input"] });
    run("deletedFirst", "by-hand", { deleteBeforeReplace: true });
    run("deletedLast", "by-hand-too");
    run("retained", "retained", { retainOnDelete: true, ignoreChanges: ["input"] });
    const encrypted = new apify.TaskRun(
      "encrypted", { actorTaskId: "janedoe~scrape" }, { additionalSecretOutputs: ["runJson"] });
    class Group extends pulumi.ComponentResource {
      constructor(name) {
        super("shop:index:Group", name);
        new apify.TaskRun("inside", { actorTaskId: "janedoe~scrape" }, { parent: this });
      }
    }
    new Group("group");
    exports.status = encrypted.status;
    exports.datasetId = encrypted.defaultDatasetId;`;
}

describeEngine(
  "Pulumi's own resource options",
  { sandboxPer: "suite", moreByHand: ["retained"], shells: "both" },
  (sandbox) => {
    let output: string;
    let resources: readonly StateResource[];
    let steps: readonly PreviewStep[];
    let outputs: Readonly<Record<string, unknown>>;
    let shownStatus: string;
    let old: ReadonlyMap<string, string>;
    let now: ReadonlyMap<string, string>;
    let changes: readonly string[];
    let deletions: readonly string[];

    before(async () => {
      const { emulator, project } = sandbox;
      project.program(programOf(1));
      output = await succeeds(project.up());
      resources = await project.taskRuns();
      old = await recordedRuns(project);
      outputs = await project.outputs();
      shownStatus = await succeeds(project.run(["stack", "output", "status", "--show-secrets"]));

      project.program(programOf(2));
      ({ steps } = await project.preview());
      emulator.clearRequests();
      await succeeds(project.up());
      changes = writesOf(emulator);
      now = await recordedRuns(project);
      await expectSettled(emulator, project);
      await succeeds(project.destroy());
      deletions = writesOf(emulator);
    });

    const startOf = (task: string): string => `POST /v2/actor-tasks/janedoe~${task}/runs 201`;

    const abortOf = (runId: string | undefined): string =>
      `POST /v2/actor-runs/${runId ?? ""}/abort 200`;

    /** The starts of a task and the aborts of a resource's first run, in their order. */
    const changesOf = (task: string, resource: string): readonly string[] =>
      changes.filter((each) => each === startOf(task) || each === abortOf(old.get(resource)));

    it("ignoreChanges keeps a change of the input from running the task again", () => {
      assert.ok(!steps.some(({ urn }) => urn.endsWith("::ignoring")));
      assert.deepEqual(changesOf("scrape", "ignoring"), []);
      assert.equal(now.get("ignoring"), old.get("ignoring"));
    });

    it("retainOnDelete leaves the run alone at a destroy, even one that is still going", () => {
      const live = sandbox.emulator.liveRuns();
      assert.deepEqual(
        live.map(({ id }) => id),
        [old.get("retained")],
      );
    });

    it("deleteBeforeReplace ends the old run before the new one starts", () => {
      assert.deepEqual(changesOf("by-hand", "deletedFirst"), [
        abortOf(old.get("deletedFirst")),
        startOf("by-hand"),
      ]);
    });

    it("without deleteBeforeReplace the old run ends after the new one was started", () => {
      assert.deepEqual(changesOf("by-hand-too", "deletedLast"), [
        startOf("by-hand-too"),
        abortOf(old.get("deletedLast")),
      ]);
    });

    it("a TaskRun inside a component is part of its URN, and still reports in its own row", () => {
      const { urn, id = "" } = resources.find((each) => each.urn.endsWith("::inside")) ?? {};
      assert.match(urn ?? "", /::shop:index:Group\$\S*apify:(index:)?TaskRun::inside$/);
      assert.match(diagnosticsOf(output, "inside").join("\n"), new RegExp(`^Run ${id} started`));
    });

    it("additionalSecretOutputs encrypts the run, and all that is read from it", () => {
      const stored = resources.find(({ urn }) => urn.endsWith("::encrypted"))?.outputs ?? {};
      assert.ok("ciphertext" in (stored.runJson as object), JSON.stringify(stored));
      assert.deepEqual(outputs, { status: "[secret]", datasetId: "[secret]" });
      assert.equal(shownStatus.trim(), "SUCCEEDED");
    });

    it("let a destroy stop the runs that are still going, and nothing else", () => {
      const stopped = ["deletedFirst", "deletedLast"].map((name) => abortOf(now.get(name)));
      assert.deepEqual([...deletions].sort(), stopped.sort());
    });

    it("protect blocks a rerun and a destroy, in Pulumi's words", async () => {
      const { emulator, openProject } = sandbox;
      const project = await openProject("protected");
      const declare = (mark: number, opts: string): void => {
        const args = JSON.stringify({ actorTaskId: "janedoe~scrape", input: { mark } });
        project.program(`new apify.TaskRun("prices", ${args}, ${opts});`);
      };
      declare(1, "{ protect: true }");
      await succeeds(project.up());
      const before = await recorded(project);
      emulator.clearRequests();
      declare(2, "{ protect: true }");
      assert.match(
        await fails(project.up()),
        /unable to replace resource[^]*marked for protection/,
      );
      assert.match(await fails(project.destroy()), /cannot be deleted[^]*protect/);
      assert.deepEqual(writesOf(emulator), []);
      assert.equal((await recorded(project)).id, before.id);

      declare(2, "{}");
      await succeeds(project.up());
      assert.deepEqual(writesOf(emulator), [startOf("scrape")]);
      await succeeds(project.destroy());
    });

    it("customTimeouts bound the wait of a create and of an update, and no run is started twice", async () => {
      const { emulator, openProject } = sandbox;
      const project = await openProject("timed");
      const declare = (opts: string): void => {
        project.program(
          `new apify.TaskRun("prices", { actorTaskId: "janedoe~by-hand" }, ${opts});`,
        );
      };
      emulator.clearRequests();
      declare('{ customTimeouts: { create: "200ms", update: "100ms" } }');
      const created = diagnosticsOf(await fails(project.up()), "prices").join("\n");
      const { id, initErrors = [] } = await recorded(project);
      assert.ok(id);
      assert.match(
        created,
        new RegExp(`Run ${id} is still running; .*: the limit of 0\\.2 s that`),
      );
      assert.equal(initErrors.length, 1);

      const updated = diagnosticsOf(await fails(project.up()), "prices").join("\n");
      assert.match(
        updated,
        new RegExp(`Run ${id} is still running; .*: the limit of 0\\.1 s that`),
      );
      assert.equal((await recorded(project)).id, id);

      declare("{}");
      emulator.finish(id);
      await succeeds(project.up());
      const after = await recorded(project);
      assert.equal(after.id, id);
      assert.equal(after.initErrors, undefined);
      assert.deepEqual(writesOf(emulator), [startOf("by-hand")]);
      await expectSettled(emulator, project);
      await succeeds(project.destroy());
    });

    it("dependsOn starts a run only when the one before it has succeeded", async () => {
      const { emulator, openProject } = sandbox;
      const project = await openProject("ordered");
      const program = (exitCode: number): string => `
        const first = new apify.TaskRun("first", {
          actorTaskId: "janedoe~scrape", input: { mark: "first", exitCode: ${exitCode} } });
        new apify.TaskRun("second", {
          actorTaskId: "janedoe~scrape", input: { mark: "second" } }, { dependsOn: [first] });`;
      const marks = (): readonly unknown[] =>
        emulator.writes().map(({ body }) => (body as { mark: unknown }).mark);

      emulator.clearRequests();
      project.program(program(1));
      await fails(project.up());
      assert.deepEqual(marks(), ["first"]);

      emulator.clearRequests();
      const lives: number[] = [];
      const before = emulator.liveRuns().length;
      emulator.use(({ method }) => {
        if (method === "POST") lives.push(emulator.liveRuns().length - before);
        return "pass";
      });
      project.program(program(0));
      await succeeds(project.up());
      assert.deepEqual(marks(), ["first", "second"]);
      assert.deepEqual(lives, [0, 0]);
      await succeeds(project.destroy());
    });
  },
);
