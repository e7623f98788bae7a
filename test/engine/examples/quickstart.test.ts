import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { startEmulator, type Emulator } from "../../../emulator";
import {
  expectDestroyed,
  expectNoChange,
  expectSettled,
  fails,
  succeeds,
} from "../support/acceptance";
import { declarationOfExamples, describeExample } from "../support/example";
import { createProject, temporaryBackend, type Backend, type Project } from "../support/project";
import { openReadme } from "../support/readme";

const readme = resolve(__dirname, "../../../README.md");

/** The program of README's quickstart. */
function quickstartOfReadme(): string {
  const [, program] =
    /<!-- program: quickstart -->\n+```ts\n([^]*?)```/.exec(readFileSync(readme, "utf8")) ?? [];
  assert.ok(program !== undefined, "README.md has no quickstart");
  return program;
}

/** Deletes all runs and their data, as Apify does after the account's retention period. */
function expireRuns(emulator: Emulator): void {
  for (const { id } of emulator.runs()) emulator.expireRun(id);
}

describeExample("quickstart", (example) => {
  it("runs the task once, and again when Apify has deleted the run and its data", async () => {
    const { emulator, project } = example;
    await succeeds(project.up());
    await expectSettled(emulator, project);
    const first = await project.outputs();
    expireRuns(emulator);
    await succeeds(project.up("--refresh"));
    const second = await project.outputs();
    assert.notEqual(second.datasetId, first.datasetId);
    assert.equal(emulator.dataset(String(second.datasetId)).length, 3);
    await expectNoChange(emulator, project);
    await expectDestroyed(emulator, project);
  });
});

describe("the quickstart of the README", function () {
  this.timeout(400_000);
  let emulator: Emulator;
  let backend: Backend;
  let project: Project;

  beforeEach(async () => {
    emulator = await startEmulator({ declaration: declarationOfExamples() });
    backend = temporaryBackend();
    project = await createProject({
      backend,
      name: "my-project",
      environment: {
        APIFY_API_BASE_URL: emulator.url,
        APIFY_TOKEN: "emulator-token",
        PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      },
    });
    // As `pulumi new typescript` leaves it.
    rmSync(join(project.folder, "index.js"), { force: true });
    writeFileSync(join(project.folder, "package.json"), '{ "name": "my-project" }');
    writeFileSync(join(project.folder, "Pulumi.yaml"), "name: my-project\nruntime: nodejs\n");
    writeFileSync(join(project.folder, "index.ts"), quickstartOfReadme());
  });

  afterEach(async () => {
    await emulator.close();
    backend.remove();
  });

  it("prints what the README shows, and a second time runs nothing", async () => {
    const page = openReadme(readme);
    page.shows("quickstart", await succeeds(project.shell(page.scriptOf("quickstart"))));
    await expectSettled(emulator, project);
    assert.equal(emulator.runs().length, 1);
  });

  it("has its data back the documented way, although reading it fails until then", async () => {
    await succeeds(project.up());
    const first = await project.outputs();
    assert.equal((first.firstItems as unknown[]).length, 1);
    expireRuns(emulator);
    assert.match(await fails(project.up()), /set `onExpired: "rerun"` on the TaskRun/);
    await succeeds(project.up("--refresh"));
    const second = await project.outputs();
    assert.notEqual(second.runId, first.runId);
    assert.deepEqual(second.firstItems, first.firstItems);
  });
});
