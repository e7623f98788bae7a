import * as apify from "pulumi-apify";

const inventory = new apify.TaskRun("inventory", {
  actorTaskId: "~inventory",
  input: { packages: ["axios", "zod", "typescript"] },
  maxAgeSecs: 24 * 60 * 60,
  // It also runs again when the task was edited, or its build tag points to another build.
  trackTask: true,
  trackBuild: true,
});

export const datasetId = inventory.defaultDatasetId;
export const startedAt = inventory.startedAt;
