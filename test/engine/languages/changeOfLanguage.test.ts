import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import {
  expectDestroyed,
  expectSettled,
  recorded,
  succeeds,
  writesOf,
} from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";
import { setRuntime } from "./language";
import type { Project } from "../support/project";

const inTypeScript = `
  const prices = new apify.TaskRun("prices", { actorTaskId: "janedoe~scrape" });
  exports.status = prices.status;
  exports.datasetId = prices.defaultDatasetId;`;

const inYaml = stringify({
  resources: { prices: { type: "apify:TaskRun", properties: { actorTaskId: "janedoe~scrape" } } },
  outputs: { status: "${prices.status}", datasetId: "${prices.defaultDatasetId}" },
});

/** The YAML program of a project that had one in TypeScript. */
function moveToYaml(project: Project): void {
  setRuntime(project, "yaml");
  writeFileSync(join(project.folder, "Main.yaml"), inYaml);
}

const title = "engine: a stack whose program is written anew in another language";
describeEngine(title, { sandboxPer: "suite", shells: "native" }, (sandbox) => {
  let outputs: Readonly<Record<string, unknown>>;

  it("stores the values of a run once for a program in TypeScript", async () => {
    const { project } = sandbox;
    project.program(inTypeScript);
    await succeeds(project.up());
    outputs = await project.outputs();
    assert.equal("status" in (await recorded(project)).outputs, false);
  });

  it("shows in a preview that the values are going to be stored for YAML", async () => {
    const { project } = sandbox;
    moveToYaml(project);
    const { steps } = await project.preview();
    const ops = steps.map(({ op, urn }) => `${op} ${urn.split("::").at(-1) ?? ""}`);
    assert.ok(ops.includes("update prices"), ops.join());
  });

  it("has the same outputs in YAML, and starts no run", async () => {
    const { emulator, project } = sandbox;
    emulator.clearRequests();
    await succeeds(project.up());
    assert.deepEqual(writesOf(emulator), []);
    assert.deepEqual(await project.outputs(), outputs);
    assert.equal((await recorded(project)).outputs.status, "SUCCEEDED");
    await expectSettled(emulator, project);
  });

  it("changes nothing on the way back", async () => {
    const { emulator, project } = sandbox;
    setRuntime(project, "nodejs");
    await expectSettled(emulator, project);
    assert.deepEqual(await project.outputs(), outputs);
    await expectDestroyed(emulator, project);
  });
});
