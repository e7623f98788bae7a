import * as pulumi from "@pulumi/pulumi";
import { hiddenInputs } from "./hiddenInputValues";
import { assertInstalled } from "./installation";
import { jsonArguments } from "./jsonArguments";
import { isUnderMocks } from "./mocks";
import { resourceOptions } from "./resourceOptions";
import { shortenStackTraces } from "./stackTraces";
import {
  addReadOutputs,
  declaredOutputs,
  outputNames,
  unknownUntilDeployed,
  withDeclaredOutputs,
} from "./taskRunOutputs";
import { thunk } from "../dynamic/thunk";
import type { Links } from "../apify/types/links";
import type { PricingInfo } from "../apify/types/pricing";
import type { Metamorph, Run, RunMeta, RunOptions, RunStats, StorageIds } from "../apify/types/run";
import type { RunUsage } from "../apify/types/usage";
import type { TaskRunArgs } from "./taskRunArgs";
import type { TaskRunOutputs } from "./taskRunOutputs";

const typeToken = "pulumi-nodejs:dynamic/apify:TaskRun";
const providerModule = "pulumi-apify/dynamic-provider";

/**
 * One run of an Apify task. It is started with the declared arguments and waited for; a change of an argument
 * that affects the result starts another run.
 *
 * ```ts
 * const prices = new apify.TaskRun("prices", { actorTaskId: "janedoe~price-scraper" });
 * export const datasetId = prices.defaultDatasetId;
 * ```
 *
 * The outputs of the run have Apify's names (https://docs.apify.com/api/v2/actor-run-get), except `runId`
 * and `taskId`; `run`, `runJson`, `links`, `expired` and the three URLs are this package's own. They describe the last good
 * run (one that ended with one of `acceptStatuses`), or a failed one with `onFailure: "continue"`. An output that Apify does not give is `undefined`.
 * Pulumi stores only `runJson`, `links` and `expired`, because each stored value costs time in every
 * command; the other outputs are read from these. Export single outputs rather than the whole resource.
 */
export class TaskRun extends pulumi.CustomResource {
  /** The run as Apify describes it, as JSON text. `run` is the same, parsed. */
  declare readonly runJson: pulumi.Output<string>;
  /** The run's addresses in Apify Console and the API: `console`, `datasetConsole`, `datasetItems`. */
  declare readonly links: pulumi.Output<Links>;
  /** Whether `pulumi refresh` found that Apify has deleted the run. The other outputs keep their last values. */
  declare readonly expired: pulumi.Output<boolean>;
  /** The run as Apify describes it, without the IP address of the client that started it. */
  declare readonly run: pulumi.Output<Run>;
  /** The id of the run, equal to the id of the resource. */
  declare readonly runId: pulumi.Output<string>;
  /** The id of the task; absent if the run was not started from a task. */
  declare readonly taskId: pulumi.Output<string | undefined>;
  /** The id of the Actor. */
  declare readonly actId: pulumi.Output<string>;
  /** The id of the user who owns the run. */
  declare readonly userId: pulumi.Output<string>;
  /**
   * The run's status: `SUCCEEDED`, or another final status if `acceptStatuses` or `onFailure: "continue"`
   * allows it. With `waitSecs: 0` it is the status when the run was last read, such as `READY` or `RUNNING`.
   */
  declare readonly status: pulumi.Output<string>;
  /** The Actor's own message about its progress or result. */
  declare readonly statusMessage: pulumi.Output<string | undefined>;
  /** Whether `statusMessage` is the Actor's last message. */
  declare readonly isStatusMessageTerminal: pulumi.Output<boolean | undefined>;
  /** The time when the run started, in ISO 8601. */
  declare readonly startedAt: pulumi.Output<string>;
  /** The time when the run ended, in ISO 8601; absent while it is running. */
  declare readonly finishedAt: pulumi.Output<string | undefined>;
  /** The exit code of the Actor's process; absent while it is running. */
  declare readonly exitCode: pulumi.Output<number | undefined>;
  /** The id of the build that ran. */
  declare readonly buildId: pulumi.Output<string>;
  /** The number of the build that ran, such as `0.1.3`. */
  declare readonly buildNumber: pulumi.Output<string | undefined>;
  /** The id of the run's default dataset, which holds its results. */
  declare readonly defaultDatasetId: pulumi.Output<string>;
  /** The id of the run's default key-value store, which holds its `INPUT` and, by convention, its `OUTPUT`. */
  declare readonly defaultKeyValueStoreId: pulumi.Output<string>;
  /** The id of the run's default request queue. */
  declare readonly defaultRequestQueueId: pulumi.Output<string>;
  /** The ids of the run's `datasets`, `keyValueStores` and `requestQueues`, each by alias; the default alias is `default`. */
  declare readonly storageIds: pulumi.Output<StorageIds | undefined>;
  /** The URL of the web server in the run's container; absent if it has none. */
  declare readonly containerUrl: pulumi.Output<string | undefined>;
  /** Whether the web server in the run's container accepts requests. */
  declare readonly isContainerServerReady: pulumi.Output<boolean | undefined>;
  /** The Git branch that the build was made from; absent if it was not built from Git. */
  declare readonly gitBranchName: pulumi.Output<string | undefined>;
  /** Who can access the run, such as `RESTRICTED`. */
  declare readonly generalAccess: pulumi.Output<string | undefined>;
  /**
   * The options in effect: `build`, `timeoutSecs` (0 for none), `memoryMbytes`, `diskMbytes`, `maxItems`,
   * `maxTotalChargeUsd`, `restartOnError`.
   */
  declare readonly options: pulumi.Output<RunOptions | undefined>;
  /** How the run was started: `origin`, such as `API`, `userAgent`, `scheduleId`, `scheduledAt`. */
  declare readonly meta: pulumi.Output<RunMeta | undefined>;
  /** The run's metamorphs, oldest first: each time the run continued as a run of another Actor. */
  declare readonly metamorphs: pulumi.Output<readonly Metamorph[] | undefined>;
  /**
   * The run's statistics: duration (`durationMillis`, `runTimeSecs`), memory and network (bytes), CPU
   * (percent), compute units, restarts. Apify updates them until some seconds after the run's end.
   */
  declare readonly stats: pulumi.Output<RunStats | undefined>;
  /** The Apify platform resources that the run used, each in its own unit, such as `ACTOR_COMPUTE_UNITS`. */
  declare readonly usage: pulumi.Output<RunUsage | undefined>;
  /** The cost of each platform resource that the run used, in US dollars. */
  declare readonly usageUsd: pulumi.Output<RunUsage | undefined>;
  /** The total cost of the run, in US dollars. */
  declare readonly usageTotalUsd: pulumi.Output<number | undefined>;
  /** Who pays for the platform resources that the run used, such as `USER`. */
  declare readonly platformUsageBillingModel: pulumi.Output<string | undefined>;
  /** The number of charged events by event name; absent unless the Actor is paid per event. */
  declare readonly chargedEventCounts: pulumi.Output<Readonly<Record<string, number>> | undefined>;
  /** The Actor's pricing; `pricingModel` tells which kind. */
  declare readonly pricingInfo: pulumi.Output<PricingInfo | undefined>;
  /** The URL of the run in Apify Console. */
  declare readonly consoleUrl: pulumi.Output<string>;
  /** The URL of the run's default dataset in Apify Console. */
  declare readonly datasetConsoleUrl: pulumi.Output<string>;
  /** The URL of the items of the run's default dataset in the API. It contains no token. */
  declare readonly datasetItemsUrl: pulumi.Output<string>;

  /**
   * Declares a run.
   *
   * @param name The unique name of the resource.
   * @param args The task to run, and how to run it.
   * @param opts Pulumi's resource options. `customTimeouts.create` and `customTimeouts.update` limit the wait.
   */
  constructor(name: string, args: TaskRunArgs, opts: pulumi.CustomResourceOptions = {}) {
    assertInstalled(providerModule);
    const label = `TaskRun "${name}"`;
    const options = withDeclaredOutputs(
      resourceOptions({ typeToken, label, adoptArgument: "adoptRunId" }, opts),
    );
    const isTest = isUnderMocks();
    const properties = {
      __provider: thunk(providerModule),
      ...jsonArguments(label, args),
      ...hiddenInputs(typeToken, name, args, options),
      ...undefinedFor(isTest ? outputNames : declaredOutputs),
    };
    const restore = shortenStackTraces();
    try {
      super(typeToken, name, properties, options);
    } finally {
      restore();
    }
    if (!isTest) Object.assign(this, unknownUntilDeployed(this));
  }

  /**
   * Reads an existing run. It never starts, waits for or deletes a run.
   *
   * @param name The unique name of the resource.
   * @param runId The id of the run. The deployment fails if Apify has no run with this id.
   * @param opts Pulumi's resource options.
   */
  static get(
    name: string,
    runId: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
  ): TaskRun {
    // An existing run is read by its id alone, so it needs no arguments.
    return new TaskRun(name, {} as TaskRunArgs, { ...opts, id: runId });
  }
}

type OutputName = Exclude<keyof TaskRun, keyof pulumi.CustomResource>;

// An output that only the class has, or only the table of outputs, does not compile.
const outputs: TaskRunOutputs = TaskRun.prototype;
addReadOutputs(outputs satisfies Readonly<Record<OutputName, unknown>>);

function undefinedFor(names: readonly string[]): pulumi.Inputs {
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
