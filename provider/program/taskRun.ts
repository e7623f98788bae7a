import * as pulumi from "@pulumi/pulumi";
import { hiddenInputs } from "./hiddenInputs";
import { assertInstalled } from "./installation";
import { jsonArguments } from "./jsonArguments";
import { isUnderMocks } from "./mocks";
import { taskRunOptions } from "./taskRunOptions";
import {
  addReadOutputs,
  declaredOutputs,
  outputNames,
  unknownUntilDeployed,
} from "./taskRunOutputs";
import { thunk } from "../dynamic/thunk";
import type { Links } from "../apify/types/links";
import type { PricingInfo } from "../apify/types/pricing";
import type { Metamorph, Run, RunMeta, RunOptions, RunStats, StorageIds } from "../apify/types/run";
import type { RunUsage } from "../apify/types/usage";
import type { TaskRunArgs } from "./args";

const resourceModule = "apify";
const resourceType = "TaskRun";
const typeToken = `pulumi-nodejs:dynamic/${resourceModule}:${resourceType}`;

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
  /** The run as Apify describes it, all of it but the address of whoever started it. */
  declare readonly run: pulumi.Output<Run>;
  /** The id of the run, which is also the resource's id. */
  declare readonly runId: pulumi.Output<string>;
  /** The resolved id of the task; none if the run was not started from a task. */
  declare readonly taskId: pulumi.Output<string | undefined>;
  /** The id of the Actor that ran. */
  declare readonly actId: pulumi.Output<string>;
  /** The id of the user whose run it is. */
  declare readonly userId: pulumi.Output<string>;
  /** `SUCCEEDED`, or what else `acceptStatuses` or `onFailure: "continue"` lets pass; with `waitSecs: 0` also `READY` or whatever it was when last seen. */
  declare readonly status: pulumi.Output<string>;
  /** The Actor's own words about how it went. */
  declare readonly statusMessage: pulumi.Output<string | undefined>;
  /** Whether `statusMessage` is the last one. */
  declare readonly isStatusMessageTerminal: pulumi.Output<boolean | undefined>;
  /** When the run started, ISO 8601. */
  declare readonly startedAt: pulumi.Output<string>;
  /** When the run ended, ISO 8601. */
  declare readonly finishedAt: pulumi.Output<string | undefined>;
  /** The exit code of the Actor's process. */
  declare readonly exitCode: pulumi.Output<number | undefined>;
  /** The id of the build that ran. */
  declare readonly buildId: pulumi.Output<string>;
  /** The number of the build that ran, such as `0.1.3`. */
  declare readonly buildNumber: pulumi.Output<string | undefined>;
  /** The id of the dataset that holds the results. */
  declare readonly defaultDatasetId: pulumi.Output<string>;
  /** The id of the key-value store that holds the run's `INPUT` and, by convention, its `OUTPUT`. */
  declare readonly defaultKeyValueStoreId: pulumi.Output<string>;
  /** The id of the run's request queue. */
  declare readonly defaultRequestQueueId: pulumi.Output<string>;
  /** All storages of the run by alias, the default ones under `default`. */
  declare readonly storageIds: pulumi.Output<StorageIds | undefined>;
  /** The address of the run's own web server, where it has one. */
  declare readonly containerUrl: pulumi.Output<string | undefined>;
  /** Whether the run's own web server answers. */
  declare readonly isContainerServerReady: pulumi.Output<boolean | undefined>;
  /** The git branch that the build was made from. */
  declare readonly gitBranchName: pulumi.Output<string | undefined>;
  /** Who may see the run. */
  declare readonly generalAccess: pulumi.Output<string | undefined>;
  /** What the run really ran with: build, timeoutSecs, memoryMbytes, diskMbytes, maxItems, maxTotalChargeUsd. */
  declare readonly options: pulumi.Output<RunOptions | undefined>;
  /** How the run was started: origin, userAgent, scheduleId, scheduledAt. */
  declare readonly meta: pulumi.Output<RunMeta | undefined>;
  /** The metamorphs of the run, oldest first: it then went on as a run of another Actor. */
  declare readonly metamorphs: pulumi.Output<readonly Metamorph[] | undefined>;
  /** What the run did and took: counters, memory, processor, network. They settle some seconds after its end. */
  declare readonly stats: pulumi.Output<RunStats | undefined>;
  /** What the run used of Apify's platform, counted. */
  declare readonly usage: pulumi.Output<RunUsage | undefined>;
  /** What the run used of Apify's platform, in US dollars. */
  declare readonly usageUsd: pulumi.Output<RunUsage | undefined>;
  /** What the run cost in all, in US dollars. */
  declare readonly usageTotalUsd: pulumi.Output<number | undefined>;
  /** Who pays for what the run uses of the platform, such as `USER`. */
  declare readonly platformUsageBillingModel: pulumi.Output<string | undefined>;
  /** How many events of each type were charged. */
  declare readonly chargedEventCounts: pulumi.Output<Readonly<Record<string, number>> | undefined>;
  /** How the Actor is paid for. */
  declare readonly pricingInfo: pulumi.Output<PricingInfo | undefined>;
  /** The run in Apify Console. */
  declare readonly consoleUrl: pulumi.Output<string>;
  /** The run's default dataset in Apify Console. */
  declare readonly datasetConsoleUrl: pulumi.Output<string>;
  /** The items of the run's default dataset in the API; it holds no token. */
  declare readonly datasetItemsUrl: pulumi.Output<string>;

  /**
   * Declares a run.
   *
   * @param name The unique name of the resource.
   * @param args What to run, and with what.
   * @param opts Pulumi's own options; `customTimeouts.create` and `.update` bound the wait.
   */
  constructor(name: string, args: TaskRunArgs, opts: pulumi.CustomResourceOptions = {}) {
    assertInstalled(thunk);
    const options = taskRunOptions(typeToken, name, opts);
    const isTest = isUnderMocks();
    super(
      thunk,
      name,
      {
        ...jsonArguments(name, args),
        ...hiddenInputs(typeToken, name, args, options),
        ...undefinedFor(isTest ? outputNames : declaredOutputs),
      },
      options,
      resourceModule,
      resourceType,
    );
    if (!isTest) Object.assign(this, unknownUntilDeployed(this));
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
}

addReadOutputs(TaskRun.prototype);

function undefinedFor(names: readonly string[]): pulumi.Inputs {
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
