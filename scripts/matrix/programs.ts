/** The entries of the package, by the shell whose resources they have. */
export const entries = {
  dynamic: "pulumi-apify",
  native: "pulumi-apify/native",
} as const;

/** A shell: how the package's operations reach Pulumi's engine. */
export type Shell = keyof typeof entries;

/** A program with a task and its run, whose Actor gets `title` and returns it as an item. */
export function deployedProgram(shell: Shell, title: string): string {
  return `
    const apify = require("${entries[shell]}");
    const scraper = new apify.Task("scraper", { actorId: "janedoe/scraper", input: { title: "none" } });
    const prices = new apify.TaskRun("prices", {
      actorTaskId: scraper.id,
      triggers: [scraper.fingerprint],
      input: { title: "${title}" },
    });
    exports.status = prices.status;
    exports.items = apify.datasetItems(prices.defaultDatasetId);
    exports.node = process.version;`;
}

/** A unit test with Pulumi's mocks, as a program that fails if they are not used. */
export function unitTest(shell: Shell): string {
  return `
    const assert = require("node:assert/strict");
    const pulumi = require("@pulumi/pulumi");
    const registered = [];
    pulumi.runtime.setMocks({
      newResource: ({ name, type, inputs }) => {
        registered.push(type.split(":").at(-1));
        return {
          id: name + "-id",
          state: { ...inputs, status: "SUCCEEDED", defaultDatasetId: "dataset1", fingerprint: "f1" },
        };
      },
      call: ({ token, inputs }) => {
        assert.equal(token, "apify:index:datasetItems");
        assert.equal(inputs.datasetId, "dataset1");
        return { items: [{ price: 1 }] };
      },
    });
    const apify = require("${entries[shell]}");
    const scraper = new apify.Task("scraper", { actorId: "janedoe/scraper" });
    const prices = new apify.TaskRun("prices", { actorTaskId: scraper.id, triggers: [scraper.fingerprint] });
    const items = apify.datasetItems(prices.defaultDatasetId);
    const got = pulumi.all([scraper.id, prices.runId, prices.status, items]);
    let seen;
    got.apply((values) => { seen = values; });
    process.on("exit", () => {
      assert.deepEqual(seen, ["scraper-id", "prices-id", "SUCCEEDED", [{ price: 1 }]]);
      assert.deepEqual(registered, ["Task", "TaskRun"]);
    });`;
}

/** A program that uses the types of both entries. */
export const typedProgram = `
  import * as pulumi from "@pulumi/pulumi";
  import * as dynamic from "${entries.dynamic}";
  import * as native from "${entries.native}";

  const args: dynamic.TaskRunArgs = { actorTaskId: "janedoe~scrape", input: { depth: 2 } };
  for (const { Task, TaskRun, datasetItems } of [dynamic, native]) {
    const scraper = new Task("scraper", { actorId: "janedoe/scraper" });
    const prices = new TaskRun("prices", { ...args, triggers: [scraper.fingerprint] }, { dependsOn: scraper });
    const status: pulumi.Output<string> = prices.status;
    const items: pulumi.Output<{ title: string }[]> = datasetItems<{ title: string }>(prices.defaultDatasetId);
    const all: pulumi.Output<string[]> = pulumi.all([status, items]).apply(([first, [item]]) => [first, item.title]);
    void all;
  }`;
