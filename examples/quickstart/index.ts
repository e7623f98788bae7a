import * as pulumi from "@pulumi/pulumi";
import * as apify from "pulumi-apify";

const config = new pulumi.Config();

const inventory = new apify.TaskRun("inventory", {
  actorTaskId: config.get("task") ?? "~inventory",
  input: { packages: config.getObject<string[]>("packages") ?? ["axios", "zod", "typescript"] },
  timeoutSecs: 120,
  onExpired: "rerun",
});

export const runId = inventory.runId;
export const status = inventory.status;
export const datasetId = inventory.defaultDatasetId;
export const consoleUrl = inventory.consoleUrl;
