import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { succeeds } from "../support/acceptance";
import { pythonEnvironment } from "../support/python";
import { secretNote } from "./language";
import { describeLifecycle } from "./lifecycle";
import type { Language, WantedRun } from "./language";

/** Python reads JSON without booleans and null as it is. */
const literal = JSON.stringify;

function taskRun(name: string, { task, importId }: WantedRun): string {
  const options =
    importId === undefined ? "" : `, opts=pulumi.ResourceOptions(import_=${literal(importId)})`;
  return `apify.TaskRun(${literal(name)}, actor_task_id=${literal(task)}${options})`;
}

const python: Language = {
  name: "Python",
  runtime: "python",
  file: "__main__.py",
  environment: pythonEnvironment,
  program: ({ input, runs = {} }) => `
import pulumi
import pulumi_apify as apify

scraper = apify.Task(
    "scraper",
    actor_id="janedoe/obedient",
    input={**${literal(input)}, "note": pulumi.Output.secret(${literal(secretNote)})},
    options=apify.TaskOptionsArgs(memory_mbytes=256),
)
prices = apify.TaskRun(
    "prices",
    actor_task_id=scraper.id,
    triggers=[scraper.fingerprint],
    on_delete=apify.OnDelete.ABORT,
)
${Object.entries(runs)
  .map(([name, run]) => taskRun(name, run))
  .join("\n")}
items = apify.get_dataset_items_output(dataset_id=prices.default_dataset_id).items
record = apify.get_key_value_store_record_output(
    store_id=prices.default_key_value_store_id, key="OUTPUT"
).record
pulumi.export("runId", prices.run_id)
pulumi.export("exitCode", prices.exit_code)
pulumi.export("memoryMbytes", prices.options.memory_mbytes)
pulumi.export("datasetId", prices.default_dataset_id)
pulumi.export("items", items)
pulumi.export("output", record.value)
`,
};

/** A program with data, which the Python program reads. */
const stockInTypeScript = `
  const stock = new apify.TaskRun("stock", {
    actorTaskId: "janedoe~scrape", input: { items: [{ stock: 7 }] },
  });
  exports.datasetId = stock.defaultDatasetId;`;

describeLifecycle(python, (opened) => {
  it("reads the data of a stack in TypeScript", async () => {
    const { sandbox, project, wanted } = opened();
    sandbox.project.program(stockInTypeScript);
    await succeeds(sandbox.project.up());
    const more = `
shop = pulumi.StackReference("organization/${sandbox.project.name}/dev")
stock = apify.get_dataset_items_output(dataset_id=shop.require_output("datasetId"))
pulumi.export("stock", stock.items)
`;
    writeFileSync(join(project.folder, python.file), python.program(wanted) + more);
    await succeeds(project.up());
    assert.deepEqual((await project.outputs()).stock, [{ stock: 7 }]);
  });

  it("has data that a stack in TypeScript reads", async () => {
    const { sandbox, project } = opened();
    sandbox.project.program(
      `${stockInTypeScript}
      const prices = new pulumi.StackReference("organization/${project.name}/dev");
      exports.items = apify.datasetItems(prices.requireOutput("datasetId"));`,
    );
    await succeeds(sandbox.project.up());
    const { items } = await project.outputs();
    assert.deepEqual((await sandbox.project.outputs()).items, items);
  });
});
