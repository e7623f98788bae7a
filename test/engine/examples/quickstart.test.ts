import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expectDestroyed, expectSettled, fails, succeeds } from "../support/acceptance";
import { openExample, type Example } from "../support/example";

const readme = resolve(__dirname, "../../../README.md");

/** The program of README's quickstart, with a task that the local Apify of this test has. */
function quickstartOfReadme(): string {
  const [, program] =
    /<!-- program: quickstart -->\n+```ts\n([^]*?)```/.exec(readFileSync(readme, "utf8")) ?? [];
  assert.ok(program !== undefined, "README.md has no quickstart");
  assert.match(program, /actorTaskId: "janedoe~price-scraper"/);
  return program.replace("janedoe~price-scraper", "~inventory");
}

describe("the quickstart", function () {
  this.timeout(400_000);
  let example: Example;

  beforeEach(async () => {
    example = await openExample("quickstart");
  });

  afterEach(() => example.close());

  const expire = (): void => {
    for (const { id } of example.emulator.runs()) example.emulator.expireRun(id);
  };

  it("runs the task once, and again when Apify has deleted the run and its data", async () => {
    const { emulator, project } = example;
    await succeeds(project.up());
    await expectSettled(emulator, project);
    const first = await project.outputs();
    expire();
    await succeeds(project.up("--refresh"));
    const second = await project.outputs();
    assert.notEqual(second.datasetId, first.datasetId);
    assert.equal(emulator.dataset(String(second.datasetId)).length, 3);
    await expectSettled(emulator, project);
    await expectDestroyed(emulator, project);
  });

  it("of the README has its data back the documented way, although reading it fails until then", async () => {
    const { project } = example;
    writeFileSync(join(project.folder, "index.ts"), quickstartOfReadme());
    await succeeds(project.up());
    const first = await project.outputs();
    assert.equal((first.firstItems as unknown[]).length, 1);
    expire();
    assert.match(await fails(project.up()), /set onExpired: "rerun" on the TaskRun/);
    await succeeds(project.up("--refresh"));
    const second = await project.outputs();
    assert.notEqual(second.runId, first.runId);
    assert.deepEqual(second.firstItems, first.firstItems);
  });
});
