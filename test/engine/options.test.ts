import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, fails, succeeds } from "./support/acceptance";
import { startShop, type Shop } from "./support/shop";
import { diagnosticsOf } from "./support/terminal";
import type { Project, StateResource } from "./support/project";

describe("Pulumi's own resource options", function () {
  this.timeout(180_000);

  let shop: Shop;
  let project: Project;

  beforeEach(async function () {
    shop = await startShop();
    project = await shop.project();
  });

  afterEach(async function () {
    await shop.close();
  });

  /** One TaskRun named `run`; `args` and `opts` are code. */
  function declare(args: string, opts = "{}"): void {
    project.program(`new apify.TaskRun("run", { ${args} }, ${opts});`);
  }

  const obedient = (mark: number): string =>
    `actorTaskId: "janedoe~scrape", input: { mark: ${mark} }`;

  const unattended = (mark: number): string =>
    `actorTaskId: "janedoe~by-hand", waitSecs: 0, input: { mark: ${mark} }`;

  const writes = (): readonly string[] =>
    shop.emulator.writes().map(({ method, pathname }) => `${method} ${pathname}`);

  const startOf = (task: string): string => `POST /v2/actor-tasks/janedoe~${task}/runs`;

  const abortOf = (runId: string | undefined): string => `POST /v2/actor-runs/${runId ?? ""}/abort`;

  async function onlyResource(): Promise<StateResource> {
    const [resource, ...others] = await project.taskRuns();
    assert.ok(resource);
    assert.deepEqual(others, []);
    return resource;
  }

  it("ignoreChanges keeps a change of the input from running the task again", async () => {
    declare(obedient(1), '{ ignoreChanges: ["input"] }');
    await succeeds(project.up());
    declare(obedient(2), '{ ignoreChanges: ["input"] }');
    assert.deepEqual(await project.preview(), []);
    await expectSettled(shop.emulator, project);
    assert.equal(shop.emulator.runs().length, 1);
    await expectSettled(shop.emulator, project);
    await expectDestroyed(shop.emulator, project);
  });

  it("protect blocks a rerun and a destroy, in Pulumi's words", async () => {
    declare(obedient(1), "{ protect: true }");
    await succeeds(project.up());
    const before = await onlyResource();
    shop.emulator.clearRequests();
    declare(obedient(2), "{ protect: true }");
    assert.match(await fails(project.up()), /unable to replace resource[^]*marked for protection/);
    assert.match(await fails(project.destroy()), /cannot be deleted[^]*protect/);
    assert.deepEqual(writes(), []);
    assert.equal((await onlyResource()).id, before.id);

    declare(obedient(2));
    await succeeds(project.up());
    assert.equal(shop.emulator.runs().length, 2);
    await expectSettled(shop.emulator, project);
    await expectDestroyed(shop.emulator, project);
  });

  it("retainOnDelete leaves the run alone at a destroy, even one that is still going", async () => {
    declare(unattended(1), "{ retainOnDelete: true }");
    await succeeds(project.up());
    await expectSettled(shop.emulator, project);
    await succeeds(project.destroy());
    assert.deepEqual(writes(), []);
    assert.deepEqual(await project.taskRuns(), []);
    assert.equal(shop.emulator.liveRuns().length, 1);
  });

  it("deleteBeforeReplace ends the old run before the new one starts", async () => {
    declare(unattended(1), "{ deleteBeforeReplace: true }");
    await succeeds(project.up());
    const old = await onlyResource();
    shop.emulator.clearRequests();
    declare(unattended(2), "{ deleteBeforeReplace: true }");
    await succeeds(project.up());
    assert.deepEqual(writes(), [abortOf(old.id), startOf("by-hand")]);
    await expectSettled(shop.emulator, project);
    await expectDestroyed(shop.emulator, project);
  });

  it("without deleteBeforeReplace the old run ends after the new one was started", async () => {
    declare(unattended(1));
    await succeeds(project.up());
    const old = await onlyResource();
    shop.emulator.clearRequests();
    declare(unattended(2));
    await succeeds(project.up());
    assert.deepEqual(writes(), [startOf("by-hand"), abortOf(old.id)]);
    await expectSettled(shop.emulator, project);
    await expectDestroyed(shop.emulator, project);
  });

  it("customTimeouts bound the wait of a create and of an update, and no run is started twice", async () => {
    const args = 'actorTaskId: "janedoe~by-hand"';
    declare(args, '{ customTimeouts: { create: "200ms", update: "100ms" } }');
    const created = diagnosticsOf(await fails(project.up()), "run").join("\n");
    const { id, initErrors = [] } = await onlyResource();
    assert.ok(id);
    assert.match(
      created,
      new RegExp(`Run ${id} is still running; .*: the wait limit of 0\\.2 s is over`),
    );
    assert.equal(initErrors.length, 1);

    const updated = diagnosticsOf(await fails(project.up()), "run").join("\n");
    assert.match(
      updated,
      new RegExp(`Run ${id} is still running; .*: the wait limit of 0\\.1 s is over`),
    );
    assert.equal((await onlyResource()).id, id);

    declare(args);
    shop.emulator.finish(id);
    await succeeds(project.up());
    const after = await onlyResource();
    assert.equal(after.id, id);
    assert.equal(after.initErrors, undefined);
    assert.deepEqual(writes(), [startOf("by-hand")]);
    await expectSettled(shop.emulator, project);
    await expectDestroyed(shop.emulator, project);
  });

  it("dependsOn starts a run only when the one before it has succeeded", async () => {
    const program = (exitCode: number): string => `
      const first = new apify.TaskRun("first", {
        actorTaskId: "janedoe~scrape", input: { mark: "first", exitCode: ${exitCode} } });
      new apify.TaskRun("second", {
        actorTaskId: "janedoe~scrape", input: { mark: "second" } }, { dependsOn: [first] });`;
    const marks = (): readonly unknown[] =>
      shop.emulator.writes().map(({ body }) => (body as { mark: unknown }).mark);

    project.program(program(1));
    await fails(project.up());
    assert.deepEqual(marks(), ["first"]);

    shop.emulator.clearRequests();
    const live: number[] = [];
    shop.emulator.use(({ method }) => {
      if (method === "POST") live.push(shop.emulator.liveRuns().length);
      return "pass";
    });
    project.program(program(0));
    await succeeds(project.up());
    assert.deepEqual(marks(), ["first", "second"]);
    assert.deepEqual(live, [0, 0]);
    await expectSettled(shop.emulator, project);
    await expectDestroyed(shop.emulator, project);
  });

  it("a TaskRun inside a component is part of its URN, and still reports in its own row", async () => {
    project.program(`
      class Group extends pulumi.ComponentResource {
        constructor(name) {
          super("shop:index:Group", name);
          new apify.TaskRun("inside", { ${obedient(1)} }, { parent: this });
        }
      }
      new Group("group");`);
    const output = await succeeds(project.up());
    const { urn, id } = await onlyResource();
    assert.match(urn, /::shop:index:Group\$pulumi-nodejs:dynamic\/apify:TaskRun::inside$/);
    assert.match(
      diagnosticsOf(output, "inside").join("\n"),
      new RegExp(`^Run ${id ?? ""} started`),
    );
    await expectSettled(shop.emulator, project);
    await expectDestroyed(shop.emulator, project);
  });

  it("additionalSecretOutputs encrypts the run, and all that is read from it", async () => {
    project.program(`
      const run = new apify.TaskRun("run", { ${obedient(1)} }, { additionalSecretOutputs: ["runJson"] });
      exports.status = run.status;
      exports.datasetId = run.defaultDatasetId;`);
    await succeeds(project.up());
    const { outputs } = await onlyResource();
    const encrypted = outputs.runJson as Readonly<Record<string, unknown>>;
    assert.ok("ciphertext" in encrypted, JSON.stringify(encrypted));
    assert.deepEqual(await project.outputs(), { status: "[secret]", datasetId: "[secret]" });
    const shown = await succeeds(project.run(["stack", "output", "status", "--show-secrets"]));
    assert.equal(shown.trim(), "SUCCEEDED");
    await expectSettled(shop.emulator, project);
    await expectDestroyed(shop.emulator, project);
  });
});
