import * as pulumi from "@pulumi/pulumi";
import { orUnknown } from "./unknownOutputs";
import type { Links } from "../apify/types/links";
import type { Run } from "../apify/types/run";

/** The outputs that a TaskRun declares to Pulumi. All others are read from these. */
export const declaredOutputs = ["runJson", "links", "expired"] as const;

/** The declared outputs of a TaskRun. */
interface DeclaredOutputs {
  readonly runJson: pulumi.Output<string>;
  readonly links: pulumi.Output<Links>;
  readonly expired: pulumi.Output<boolean>;
}

/** The outputs from which others are read. */
type Sources = Omit<DeclaredOutputs, "expired"> & { readonly id: pulumi.Output<string> };

/** How an output is read, and from which source. */
interface ReadOutput<Value> {
  readonly source: keyof Sources;
  readonly read: (resource: Sources) => pulumi.Output<Value>;
}

const readOutputs = {
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
} satisfies Readonly<Record<string, ReadOutput<unknown>>>;

/** All outputs of a TaskRun but `id` and `urn`. */
export type TaskRunOutputs = DeclaredOutputs & {
  readonly [Name in keyof typeof readOutputs]: ReturnType<(typeof readOutputs)[Name]["read"]>;
};

/** The names of all outputs but `id` and `urn`. */
export const outputNames: readonly string[] = [...declaredOutputs, ...Object.keys(readOutputs)];

/** The options, with the names of outputs turned into those of the declared outputs that hold them. */
export function withDeclaredOutputs(
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions {
  return {
    ...opts,
    // A declared output changes as a whole, so its difference says little. The values in it are also outputs of their own.
    hideDiffs: [...new Set([...(opts.hideDiffs ?? []), ...declaredOutputs])],
    ...(opts.additionalSecretOutputs === undefined
      ? {}
      : { additionalSecretOutputs: [...new Set(opts.additionalSecretOutputs.map(holderOf))] }),
  };
}

/** The options, with each secret output joined by all that are read from it: of an import, the native plugin stores these as well. */
export function withOutputsOfSecrets(
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions {
  const { additionalSecretOutputs: holders } = opts;
  if (holders === undefined) return opts;
  const held = Object.entries<ReadOutput<unknown>>(readOutputs)
    .filter(([, { source }]) => holders.includes(source))
    .map(([name]) => name);
  return { ...opts, additionalSecretOutputs: [...holders, ...held] };
}

/** The declared output that holds the output with this name. */
function holderOf(name: string): string {
  return (readOutputs as Readonly<Record<string, ReadOutput<unknown>>>)[name]?.source ?? name;
}

/**
 * Adds the outputs that are read from others to a class. An output that Pulumi sets itself, as it does with
 * the values of a test's mocks, takes precedence.
 */
export function addReadOutputs(prototype: TaskRunOutputs): void {
  for (const [name, { read }] of Object.entries<ReadOutput<unknown>>(readOutputs)) {
    Object.defineProperty(prototype, name, {
      configurable: true,
      get(this: Sources) {
        return read(this);
      },
      set(this: Sources, given: pulumi.Output<unknown>) {
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
 * The declared outputs of a resource, unknown until it is deployed. If --target or --exclude leaves out the
 * resource, Pulumi resolves its outputs to `undefined`, and dependent code would continue with that.
 */
export function unknownUntilDeployed({
  runJson,
  links,
  expired,
}: DeclaredOutputs): DeclaredOutputs {
  return { runJson: orUnknown(runJson), links: orUnknown(links), expired: orUnknown(expired) };
}

function fromRun<Value>(pick: (run: Run) => Value): ReadOutput<WithoutNull<Value>> {
  return {
    source: "runJson",
    read: ({ runJson }) => picked(runJson, (text) => pick(JSON.parse(text) as Run)),
  };
}

function fromLinks<Value>(pick: (links: Links) => Value): ReadOutput<WithoutNull<Value>> {
  return { source: "links", read: ({ links }) => picked(links, pick) };
}

type WithoutNull<Value> = null extends Value ? Exclude<Value, null> | undefined : Value;

/**
 * Reads a value from an output. Pulumi programs expect `undefined` where Apify says null. With the mocks of a
 * test the holder itself may be `undefined`, whatever its type says.
 */
function picked<Holder, Value>(
  holder: pulumi.Output<Holder>,
  pick: (holder: Holder) => Value,
): pulumi.Output<WithoutNull<Value>> {
  const read = (held: Holder | undefined) =>
    held === undefined ? undefined : (pick(held) ?? undefined);
  return (holder as pulumi.Output<Holder | undefined>).apply(
    read as (held: unknown) => unknown,
  ) as pulumi.Output<WithoutNull<Value>>;
}
