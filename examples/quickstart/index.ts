import * as pulumi from "@pulumi/pulumi";
import * as apify from "pulumi-apify";

const config = new pulumi.Config();

const task = new apify.Task("inventory", {
  actorId: config.get("actor") ?? "janedoe/package-inventory",
  input: { packages: config.getObject<string[]>("packages") ?? ["axios", "zod", "typescript"] },
  options: { timeoutSecs: 120 },
});

const inventory = new apify.TaskRun("inventory", {
  actorTaskId: task.id,
  triggers: [task.fingerprint],
  onExpired: "rerun",
});

export const runId = inventory.runId;
export const status = inventory.status;
export const datasetId = inventory.defaultDatasetId;
export const consoleUrl = inventory.consoleUrl;
