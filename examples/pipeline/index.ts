import * as pulumi from "@pulumi/pulumi";
import * as apify from "pulumi-apify";

const config = new pulumi.Config();

const collected = new apify.TaskRun("collect", {
  actorTaskId: "~collect",
  input: { packages: config.getObject<string[]>("packages") ?? ["axios", "zod", "typescript"] },
});

const cleaned = new apify.TaskRun("clean", {
  actorTaskId: "~clean",
  input: { datasetId: collected.defaultDatasetId, withoutLicenses: ["UNLICENSED"] },
});

/** The data is useful without the report, so a report that fails does not fail the deployment. */
const report = new apify.TaskRun("report", {
  actorTaskId: "~report",
  input: { datasetId: cleaned.defaultDatasetId, mostLicenses: config.getNumber("mostLicenses") },
  onFailure: "continue",
});

export const packages = apify.datasetItems(cleaned.defaultDatasetId).apply((items) => items.length);
export const reportStatus = report.status;
export const licenses = apify.keyValueStoreRecord<Record<string, number>>(
  report.defaultKeyValueStoreId,
  "OUTPUT",
);
