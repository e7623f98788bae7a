import * as pulumi from "@pulumi/pulumi";
import { durationSecs } from "./duration";
import { thunk } from "./thunk";
import type { Run } from "../apify/schemas/run";
import type { Links } from "../lifecycle/state";
import type { TaskRunArgs } from "./args";
import type { HiddenInputs } from "./hidden";

const resourceModule = "apify";
const resourceType = "TaskRun";
const typeToken = `pulumi-nodejs:dynamic/${resourceModule}:${resourceType}`;

/** What Apify says of every run, so that a program need not reckon with its absence. */
type Guaranteed =
  | "actId"
  | "userId"
  | "startedAt"
  | "buildId"
  | "defaultDatasetId"
  | "defaultKeyValueStoreId"
  | "defaultRequestQueueId";

/** Names under which a run describes itself and of which the public name is the same. */
type Described<K extends keyof Run> = pulumi.Output<
  Exclude<Run[K], K extends Guaranteed ? null | undefined : null>
>;

/**
 * One run of an Apify task: started with the declared options, waited for, and run again when its
 * intent changes.
 *
 * ```ts
 * const prices = new apify.TaskRun("prices", { actorTaskId: "janedoe~price-scraper" });
 * export const datasetId = prices.defaultDatasetId;
 * ```
 *
 * The outputs are named as Apify names them (https://docs.apify.com/api/v2/actor-run-get) and are
 * those of the last good run, or of one that failed with `onFailure: "continue"`. Only three are
 * declared to Pulumi, `runJson`, `links` and `expired`, because each stored value costs time in every
 * command; the others are read from them.
 * Export the outputs you need rather than the resource itself.
 */
export class TaskRun extends pulumi.dynamic.Resource {
  /** The run as Apify describes it, in JSON text; `run` is the same, parsed. */
  declare readonly runJson: pulumi.Output<string>;
  /** Where to look at the run and its data. */
  declare readonly links: pulumi.Output<Links>;
  /** Whether Apify no longer knows the run, seen by `pulumi refresh`; the other outputs stay as they were. */
  declare readonly expired: pulumi.Output<boolean>;

  /**
   * Declares a run.
   *
   * @param name The unique name of the resource.
   * @param args What to run, and with what.
   * @param opts Pulumi's own options; `customTimeouts.create` and `.update` bound the wait.
   */
  constructor(name: string, args: TaskRunArgs, opts?: pulumi.CustomResourceOptions) {
    const hidden: pulumi.Inputs = hiddenInputs(name, opts);
    super(
      thunk,
      name,
      { ...args, ...hidden, runJson: undefined, links: undefined, expired: undefined },
      opts,
      resourceModule,
      resourceType,
    );
  }

  /**
   * Reads an existing run, without starting, waiting for or ever deleting anything.
   *
   * @param name The unique name of the resource.
   * @param runId The id of the run. An id that Apify does not know fails the deployment.
   * @param opts Pulumi's own options.
   */
  static get(
    name: string,
    runId: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
  ): TaskRun {
    // An existing run is read by its id alone, so there is no task to name here.
    return new TaskRun(name, {} as TaskRunArgs, { ...opts, id: runId });
  }

  /** The run as Apify describes it, all of it but the address of whoever started it. */
  get run(): pulumi.Output<Run> {
    return this.runJson.apply((text) => JSON.parse(text) as Run);
  }
  /** The id of the run, which is also the resource's id. */
  get runId(): pulumi.Output<string> {
    return this.id;
  }
  /** The resolved id of the task; none if the run was not started from a task. */
  get taskId(): Described<"actorTaskId"> {
    return this.described("actorTaskId");
  }
  /** The id of the Actor that ran. */
  get actId(): Described<"actId"> {
    return this.described("actId");
  }
  /** The id of the user whose run it is. */
  get userId(): Described<"userId"> {
    return this.described("userId");
  }
  /** `SUCCEEDED`, or what else `acceptStatuses` or `onFailure: "continue"` lets pass; with `waitSecs: 0` also `READY` or whatever it was when last seen. */
  get status(): Described<"status"> {
    return this.described("status");
  }
  /** The Actor's own words about how it went. */
  get statusMessage(): Described<"statusMessage"> {
    return this.described("statusMessage");
  }
  /** Whether `statusMessage` is the last one. */
  get isStatusMessageTerminal(): Described<"isStatusMessageTerminal"> {
    return this.described("isStatusMessageTerminal");
  }
  /** When the run started, ISO 8601. */
  get startedAt(): Described<"startedAt"> {
    return this.described("startedAt");
  }
  /** When the run ended, ISO 8601. */
  get finishedAt(): Described<"finishedAt"> {
    return this.described("finishedAt");
  }
  /** The exit code of the Actor's process. */
  get exitCode(): Described<"exitCode"> {
    return this.described("exitCode");
  }
  /** The id of the build that ran. */
  get buildId(): Described<"buildId"> {
    return this.described("buildId");
  }
  /** The number of the build that ran, such as `0.1.3`. */
  get buildNumber(): Described<"buildNumber"> {
    return this.described("buildNumber");
  }
  /** The id of the dataset that holds the results. */
  get defaultDatasetId(): Described<"defaultDatasetId"> {
    return this.described("defaultDatasetId");
  }
  /** The id of the key-value store that holds the run's `INPUT` and, by convention, its `OUTPUT`. */
  get defaultKeyValueStoreId(): Described<"defaultKeyValueStoreId"> {
    return this.described("defaultKeyValueStoreId");
  }
  /** The id of the run's request queue. */
  get defaultRequestQueueId(): Described<"defaultRequestQueueId"> {
    return this.described("defaultRequestQueueId");
  }
  /** All storages of the run by alias, the default ones under `default`. */
  get storageIds(): Described<"storageIds"> {
    return this.described("storageIds");
  }
  /** The address of the run's own web server, where it has one. */
  get containerUrl(): Described<"containerUrl"> {
    return this.described("containerUrl");
  }
  /** The git branch that the build was made from. */
  get gitBranchName(): Described<"gitBranchName"> {
    return this.described("gitBranchName");
  }
  /** Who may see the run. */
  get generalAccess(): Described<"generalAccess"> {
    return this.described("generalAccess");
  }
  /** What the run really ran with: build, timeoutSecs, memoryMbytes, diskMbytes, maxItems, maxTotalChargeUsd. */
  get options(): Described<"options"> {
    return this.described("options");
  }
  /** How the run was started: origin, userAgent, scheduleId, scheduledAt. */
  get meta(): Described<"meta"> {
    return this.described("meta");
  }
  /** What the run did and took: counters, memory, processor, network. They settle some seconds after its end. */
  get stats(): Described<"stats"> {
    return this.described("stats");
  }
  /** What the run used of Apify's platform, counted. */
  get usage(): Described<"usage"> {
    return this.described("usage");
  }
  /** What the run used of Apify's platform, in US dollars. */
  get usageUsd(): Described<"usageUsd"> {
    return this.described("usageUsd");
  }
  /** What the run cost in all, in US dollars. */
  get usageTotalUsd(): Described<"usageTotalUsd"> {
    return this.described("usageTotalUsd");
  }
  /** How many events of each type were charged. */
  get chargedEventCounts(): Described<"chargedEventCounts"> {
    return this.described("chargedEventCounts");
  }
  /** How the Actor is paid for. */
  get pricingInfo(): Described<"pricingInfo"> {
    return this.described("pricingInfo");
  }
  /** The run in Apify Console. */
  get consoleUrl(): pulumi.Output<string> {
    return this.links.apply((links) => links.console);
  }
  /** The run's default dataset in Apify Console. */
  get datasetConsoleUrl(): pulumi.Output<string> {
    return this.links.apply((links) => links.datasetConsole ?? notKnown);
  }
  /** The items of the run's default dataset in the API; it holds no token. */
  get datasetItemsUrl(): pulumi.Output<string> {
    return this.links.apply((links) => links.datasetItems ?? notKnown);
  }

  /** Pulumi programs know "not there" as `undefined`; Apify says null as often. */
  private described<K extends keyof Run>(name: K): Described<K> {
    return this.run.apply((run) => run[name] ?? undefined) as unknown as Described<K>;
  }
}

/** Reads as text in a program's types, since Apify promises each run a dataset; it is not there while nothing is known of the run. */
const notKnown = undefined as unknown as string;

/** `Input`s in the place of the values that `HiddenInputs` names. */
function hiddenInputs(
  name: string,
  opts: pulumi.CustomResourceOptions | undefined,
): { [K in keyof HiddenInputs]: pulumi.Input<HiddenInputs[K]> } {
  const limits = { create: opts?.customTimeouts?.create, update: opts?.customTimeouts?.update };
  const secs = Object.fromEntries(
    Object.entries(limits)
      .map(([operation, text]) => [operation, durationSecs(text ?? "")] as const)
      .filter(([, limit]) => limit !== undefined),
  );
  const organization = organizationOfStack();
  return {
    __urn: urnOf(name, opts?.parent),
    ...(organization === undefined ? {} : { __organization: organization }),
    ...(Object.keys(secs).length === 0 ? {} : { __timeLimitSecs: secs }),
  };
}

/** Older CLIs do not tell, and `getOrganization` throws then. */
function organizationOfStack(): string | undefined {
  try {
    return pulumi.getOrganization();
  } catch {
    return undefined;
  }
}

/** The resource's URN. Without a parent it is plain text, which spares each command `createUrn`'s outputs. */
function urnOf(name: string, parent: pulumi.Resource | undefined): pulumi.Input<string> {
  return parent === undefined
    ? `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${typeToken}::${name}`
    : pulumi.createUrn(name, typeToken, parent);
}
