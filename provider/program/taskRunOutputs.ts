import * as pulumi from "@pulumi/pulumi";
import * as outputModule from "@pulumi/pulumi/output";
import type { Links } from "../apify/types/links";
import type { Run } from "../apify/types/run";
import type { TaskRun } from "./taskRun";

/** The outputs that Pulumi knows of; the others are read from them. */
export const declaredOutputs = ["runJson", "links", "expired"] as const;

/** How an output is read, and from which declared one. */
interface ReadOutput<Value> {
  readonly source: "runJson" | "links" | "id";
  readonly read: (resource: TaskRun) => pulumi.Output<Value>;
}

type ReadName = Exclude<
  keyof TaskRun,
  keyof pulumi.CustomResource | (typeof declaredOutputs)[number]
>;

type ValueOf<K extends keyof TaskRun> =
  TaskRun[K] extends pulumi.Output<infer Value> ? Value : never;

const readOutputs: { readonly [Name in ReadName]: ReadOutput<ValueOf<Name>> } = {
  runId: { source: "id", read: ({ id }) => id },
  run: fromRun((run) => run),
  taskId: fromRun(({ actorTaskId }) => actorTaskId),
  actId: fromRun(({ actId }) => actId),
  userId: fromRun(({ userId }) => userId),
  status: fromRun(({ status }) => status),
  statusMessage: fromRun(({ statusMessage }) => statusMessage),
  isStatusMessageTerminal: fromRun(({ isStatusMessageTerminal }) => isStatusMessageTerminal),
  startedAt: fromRun(({ startedAt }) => startedAt),
  finishedAt: fromRun(({ finishedAt }) => finishedAt),
  exitCode: fromRun(({ exitCode }) => exitCode),
  buildId: fromRun(({ buildId }) => buildId),
  buildNumber: fromRun(({ buildNumber }) => buildNumber),
  defaultDatasetId: fromRun(({ defaultDatasetId }) => defaultDatasetId),
  defaultKeyValueStoreId: fromRun(({ defaultKeyValueStoreId }) => defaultKeyValueStoreId),
  defaultRequestQueueId: fromRun(({ defaultRequestQueueId }) => defaultRequestQueueId),
  storageIds: fromRun(({ storageIds }) => storageIds),
  containerUrl: fromRun(({ containerUrl }) => containerUrl),
  isContainerServerReady: fromRun(({ isContainerServerReady }) => isContainerServerReady),
  gitBranchName: fromRun(({ gitBranchName }) => gitBranchName),
  generalAccess: fromRun(({ generalAccess }) => generalAccess),
  options: fromRun(({ options }) => options),
  meta: fromRun(({ meta }) => meta),
  metamorphs: fromRun(({ metamorphs }) => metamorphs),
  stats: fromRun(({ stats }) => stats),
  usage: fromRun(({ usage }) => usage),
  usageUsd: fromRun(({ usageUsd }) => usageUsd),
  usageTotalUsd: fromRun(({ usageTotalUsd }) => usageTotalUsd),
  platformUsageBillingModel: fromRun(({ platformUsageBillingModel }) => platformUsageBillingModel),
  chargedEventCounts: fromRun(({ chargedEventCounts }) => chargedEventCounts),
  pricingInfo: fromRun(({ pricingInfo }) => pricingInfo),
  consoleUrl: fromLinks(({ console }) => console),
  datasetConsoleUrl: fromLinks(({ datasetConsole }) => datasetConsole),
  datasetItemsUrl: fromLinks(({ datasetItems }) => datasetItems),
};

/** The names of all outputs but `id` and `urn`. */
export const outputNames: readonly string[] = [...declaredOutputs, ...Object.keys(readOutputs)];

/** The declared output that holds an output of this name. */
export function holderOf(name: string): string {
  return (readOutputs as Readonly<Record<string, ReadOutput<unknown>>>)[name]?.source ?? name;
}

/**
 * Gives a class the outputs that are read from others. One that Pulumi sets itself, as it does with
 * what the mocks of a test return, comes first.
 */
export function addReadOutputs(prototype: TaskRun): void {
  for (const [name, { read }] of Object.entries<ReadOutput<unknown>>(readOutputs)) {
    Object.defineProperty(prototype, name, {
      configurable: true,
      get(this: TaskRun) {
        return read(this);
      },
      set(this: TaskRun, given: pulumi.Output<unknown>) {
        Object.defineProperty(this, name, {
          get: () =>
            pulumi
              .all([given, read(this)])
              .apply(([mocked, derived]: unknown[]) => mocked ?? derived),
        });
      },
    });
  }
}

/**
 * Makes the declared outputs of a resource unknown that was not deployed. For one that --target or
 * --exclude leaves out Pulumi says that they are `undefined`, and what reads them would go on with that.
 */
export function unknownUntilDeployed(
  resource: Pick<TaskRun, (typeof declaredOutputs)[number]>,
): Pick<TaskRun, (typeof declaredOutputs)[number]> {
  const { runJson, links, expired } = resource;
  return { runJson: orUnknown(runJson), links: orUnknown(links), expired: orUnknown(expired) };
}

// Pulumi leaves it out of its declarations.
const { unknown } = outputModule as unknown as { unknown: unknown };

function orUnknown<Value>(output: pulumi.Output<Value>): pulumi.Output<Value> {
  const apply = (value: unknown): unknown => (value === undefined ? unknown : value);
  return (output as pulumi.Output<unknown>).apply(apply) as pulumi.Output<Value>;
}

function fromRun<Value>(pick: (run: Run) => Value | null | undefined): ReadOutput<Value> {
  return {
    source: "runJson",
    read: ({ runJson }) => picked(runJson, (text) => pick(JSON.parse(text) as Run)),
  };
}

function fromLinks<Value>(pick: (links: Links) => Value | undefined): ReadOutput<Value> {
  return { source: "links", read: ({ links }) => picked(links, pick) };
}

/**
 * Pulumi programs know "not there" as `undefined`, Apify says null as often. Under the mocks of a test
 * the holder itself may not be there, whatever its type says.
 */
function picked<Holder, Value>(
  holder: pulumi.Output<Holder>,
  pick: (holder: Holder) => Value | null | undefined,
): pulumi.Output<Value> {
  const read = (held: Holder | undefined) =>
    held === undefined ? undefined : (pick(held) ?? undefined);
  return (holder as pulumi.Output<Holder | undefined>).apply(
    read as (held: unknown) => unknown,
  ) as pulumi.Output<Value>;
}
