import * as pulumi from "@pulumi/pulumi";
import * as apify from "pulumi-apify";

const config = new pulumi.Config();

/** Collected again by the first deployment after Monday, 3:00 in Prague, in summer and in winter. */
const weekly = new apify.TaskRun("weekly", {
  actorTaskId: "~inventory",
  input: { packages: ["axios", "zod"] },
  cron: "0 3 * * 1",
  timeZone: "Europe/Prague",
});

/** Collected again by the first deployment that finds it older than a day. */
const daily = new apify.TaskRun("daily", {
  actorTaskId: "~inventory",
  input: { packages: ["typescript"] },
  maxAgeSecs: config.getNumber("maxAgeSecs") ?? 24 * 60 * 60,
});

export const weeklyDatasetId = weekly.defaultDatasetId;
export const dailyDatasetId = daily.defaultDatasetId;
