import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expectNoChange, startsOf, succeeds } from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";

// Where a program gets the package from matters to the dynamic provider alone.
describeEngine("a program that is", { sandboxPer: "test", shells: "dynamic" }, (sandbox) => {
  function write(path: string, text: string): void {
    const { project } = sandbox;
    const file = join(project.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  function configure(runtimeOptions: string, main = ""): void {
    write(
      "Pulumi.yaml",
      `name: shop\n${main}runtime:\n  name: nodejs\n  options:\n    ${runtimeOptions}\n`,
    );
  }

  const body = `
    const args = { actorTaskId: "janedoe~scrape", input: { items: [{ price: 1 }] } };
    const prices = new apify.TaskRun("prices", args);
    const status = prices.status;
    const items = apify.datasetItems(prices.defaultDatasetId);`;

  async function expectDeployed(): Promise<void> {
    const { emulator, project } = sandbox;
    await succeeds(project.up());
    assert.equal(startsOf(emulator).length, 1);
    const { status, items } = await project.outputs();
    assert.deepEqual([status, items], ["SUCCEEDED", [{ price: 1 }]]);
    await expectNoChange(emulator, project);
  }

  it("TypeScript that tsx runs", async () => {
    write("package.json", JSON.stringify({ name: "shop", type: "module", main: "index.ts" }));
    configure('nodeargs: "--import tsx"\n    typescript: false');
    write(
      "index.ts",
      `import * as apify from "pulumi-apify";${body} const typed: string = "x"; export { status, items, typed };`,
    );
    await expectDeployed();
  });
});
