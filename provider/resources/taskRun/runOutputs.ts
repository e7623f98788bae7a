import type { TaskRunState } from "./state";

/** The fields of a run that are outputs of their own, under Apify's names. */
const runFields = [
  "actId",
  "userId",
  "status",
  "statusMessage",
  "isStatusMessageTerminal",
  "startedAt",
  "finishedAt",
  "exitCode",
  "buildId",
  "buildNumber",
  "defaultDatasetId",
  "defaultKeyValueStoreId",
  "defaultRequestQueueId",
  "storageIds",
  "containerUrl",
  "isContainerServerReady",
  "gitBranchName",
  "generalAccess",
  "options",
  "meta",
  "metamorphs",
  "stats",
  "usage",
  "usageUsd",
  "usageTotalUsd",
  "platformUsageBillingModel",
  "chargedEventCounts",
  "pricingInfo",
] as const;

/** The outputs that never change while a run is waited for. */
const lastingOutputs = [
  "runId",
  "taskId",
  "userId",
  "startedAt",
  "defaultDatasetId",
  "defaultKeyValueStoreId",
  "defaultRequestQueueId",
  "consoleUrl",
  "datasetConsoleUrl",
  "datasetItemsUrl",
  "links",
];

/** The outputs that are values of the run. */
export const typedOutputNames: readonly string[] = [
  "runId",
  "taskId",
  ...runFields,
  "consoleUrl",
  "datasetConsoleUrl",
  "datasetItemsUrl",
];

/** The outputs that every state holds. */
export const alwaysStored: readonly string[] = ["runJson", "links", "expired"];

/** The names of all outputs that are not arguments. */
export const outputNames: readonly string[] = [...alwaysStored, ...typedOutputNames];

/** The outputs that a wait for the run may change. */
export const changingOutputs = outputNames.filter((name) => !lastingOutputs.includes(name));

/** The outputs of a known run that an update leaves as they are. */
export const stableOutputs = lastingOutputs.filter((name) => name !== "links");

/** The values of the run, each as an output of its own. Absent ones and nulls are left out: typed languages have no null. Pure. */
export function typedOutputs({ run, links }: TaskRunState): Record<string, unknown> {
  const fields = { ...run } as Readonly<Record<string, unknown>>;
  return withoutNulls({
    runId: run.id,
    taskId: run.actorTaskId,
    ...Object.fromEntries(runFields.map((name) => [name, fields[name]])),
    consoleUrl: links.console,
    datasetConsoleUrl: links.datasetConsole,
    datasetItemsUrl: links.datasetItems,
  }) as Record<string, unknown>;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null && inner !== undefined)
      .map(([name, inner]) => [name, withoutNulls(inner)]),
  );
}
