import type { Input } from "@pulumi/pulumi";

/** What `pulumi destroy`, or a replacement, does to a run: see `TaskRunArgs.onDelete`. */
export type OnDelete = "abort" | "keep" | "purge";

/** What a run that is not good does: see `TaskRunArgs.onFailure`. */
export type OnFailure = "fail" | "continue";

/** What it means that Apify has deleted the run: see `TaskRunArgs.onExpired`. */
export type OnExpired = "keep" | "rerun";

/** A status that a run ends with. Source: https://docs.apify.com/platform/actors/running/runs-and-builds#lifecycle */
export type RunEndStatus = "SUCCEEDED" | "FAILED" | "TIMED-OUT" | "ABORTED";

/**
 * An ad-hoc webhook, for this run only.
 * Source: https://docs.apify.com/platform/integrations/webhooks/ad-hoc-webhooks
 */
export interface WebhookArgs {
  /** The events to report: `ACTOR.RUN.CREATED`, `.SUCCEEDED`, `.FAILED`, `.ABORTED`, `.TIMED_OUT`, `.RESURRECTED`. At least one. */
  eventTypes: Input<Input<string>[]>;
  /** The http(s) address that Apify calls. */
  requestUrl: Input<string>;
  /** The body of the call, with `{{variables}}`. Default: Apify's own. */
  payloadTemplate?: Input<string>;
  /** The headers of the call as JSON text, with `{{variables}}`. Default: none. */
  headersTemplate?: Input<string>;
  /** Whether variables inside strings of the payload are filled in too. Default: false. */
  shouldInterpolateStrings?: Input<boolean>;
  /** Keeps Apify from creating the same webhook twice. It does nothing for the run. */
  idempotencyKey?: Input<string>;
  /** Whether the address may have a bad certificate. Default: false. */
  ignoreSslErrors?: Input<boolean>;
  /** Whether a failed call is given up at once. Default: false, Apify tries again for about a day. */
  doNotRetry?: Input<boolean>;
}

/**
 * The arguments of a {@link TaskRun}. Everything that Apify is asked to do is described at
 * https://docs.apify.com/api/v2/actor-task-runs-post. A wrong value is reported by `preview`,
 * before anything is started.
 */
export interface TaskRunArgs {
  /**
   * The task to run: its id, `username~task-name`, or `~task-name` for the token's own account.
   * `username/task-name` is accepted as well. A change reruns.
   */
  actorTaskId: Input<string>;

  /**
   * The run's input, a JSON object of at most 9,437,184 bytes. Each top-level property takes the
   * place of that property in the task's saved input. Secret values stay encrypted in the state.
   * It arrives as `JSON.stringify` has it, and what JSON does not have is refused with its path.
   * `pulumi.output` and `pulumi.secret` make `{}` of a Date themselves: hand them `date.toISOString()`.
   * Default: the saved input alone. A change reruns; the order of keys does not count.
   */
  input?: Input<Record<string, unknown>>;

  /** The Actor's build, a tag (`latest`) or a number (`0.1.3`). Default: the task's own. A change reruns. */
  build?: Input<string>;

  /** Seconds after which Apify stops the run, a whole number; 0 for never. Default: the task's own. A change counts from the next run on. */
  timeoutSecs?: Input<number>;

  /** Memory in megabytes, a power of 2 from 128 to 32768. Default: the task's own. A change counts from the next run on. */
  memoryMbytes?: Input<number>;

  /** How many dataset items are charged at the most, for Actors that are paid per result: 1 or more. Default: the task's own. A change reruns. */
  maxItems?: Input<number>;

  /** What the run may cost at the most, in US dollars: more than 0. Default: the task's own. A change reruns. */
  maxTotalChargeUsd?: Input<number>;

  /** Whether Apify restarts the run when its process fails. Default: the task's own. A change counts from the next run on. */
  restartOnError?: Input<boolean>;

  /** Webhooks for this run only. Default: none. A change counts from the next run on. */
  webhooks?: Input<Input<WebhookArgs>[]>;

  /** Any values; a change of any of them reruns. Default: none. */
  triggers?: Input<unknown[]>;

  /**
   * Whether the run is made again when its build tag points to another build. Each preview looks up
   * the tag (two reads for each task and deployment) and shows the numbers, `trackedBuild: 0.1.3 =>
   * 0.1.4`. Compared with the build that really ran. A `build` that is a number needs no look-up. One
   * that fails warns, and reruns nothing. Default: false.
   */
  trackBuild?: Input<boolean>;

  /**
   * Whether the run is made again when the saved task was edited: its Actor, its input or its options,
   * not its name or title. Each preview reads the task once (`trackedTask` is a fingerprint of it). A
   * look-up that fails warns, and reruns nothing. Default: false.
   */
  trackTask?: Input<boolean>;

  /**
   * Seconds after which the data is stale: a deployment that finds the last good run to have started
   * longer ago, by Apify's clock, runs the task again. `pulumi preview` and `pulumi refresh
   * --preview-only --expect-no-changes` tell without running. Default: it never gets stale.
   */
  maxAgeSecs?: Input<number>;

  /**
   * A cron pattern of five fields, such as `0 3 * * *`: a deployment that finds no good run started
   * since the last tick runs the task again, however late the deployment is. It starts nothing by
   * itself: something has to run `pulumi up` now and then. Default: none.
   */
  cron?: Input<string>;

  /** The IANA time zone of `cron`, such as `Europe/Prague`; its daylight-saving changes are followed. Default: `UTC`. */
  timeZone?: Input<string>;

  /**
   * The statuses with which a run counts as good: any of `SUCCEEDED`, `FAILED`, `TIMED-OUT`, `ABORTED`.
   * Default: `["SUCCEEDED"]`. A change judges the last run anew, and reruns if that is not good then.
   */
  acceptStatuses?: Input<Input<RunEndStatus>[]>;

  /**
   * What a run that is not good does. `fail`: the deployment fails, and the state and the stack's
   * outputs keep the last good run. `continue`: the failed run is recorded, and dependents go on and
   * see its `status`; the data of the last good run is not purged then. Either way the next deployment
   * runs the task again. Default: `fail`. A change reruns nothing.
   */
  onFailure?: Input<OnFailure>;

  /**
   * A key of your own for this run, such as a commit or the id of a CI job: not empty. Whoever asks
   * for the same task with the same arguments and the same key gets the same run, from another
   * stack or without a state too, as long as Apify keeps it and it succeeded or is going on.
   * Default: none, and no run is shared. A change reruns.
   */
  idempotencyKey?: Input<string>;

  /**
   * The id of a run of this task to take over instead of starting one; it stands in for
   * `pulumi import`, which no dynamic resource can do. While it is set no run is started, whatever
   * else changes. Another id replaces the resource; taking it out again, once done, changes nothing.
   * A run that does not exist or belongs to another task is refused. Default: none.
   */
  adoptRunId?: Input<string>;

  /**
   * Seconds to wait at the most for the account to have memory and a concurrent run to spare, and
   * for its rate limit. Nothing is started meanwhile, and when they are over the deployment fails.
   * Default: 300. A change reruns nothing.
   * Source: https://docs.apify.com/platform/limits
   */
  startWaitSecs?: Input<number>;

  /**
   * Seconds to wait for the run. When they are over, the deployment fails and the next one waits
   * on for the same run. `0` does not wait at all. Default: until the run ends, which Apify's own
   * `timeoutSecs` bounds. `customTimeouts` bounds the wait too. A change reruns nothing.
   */
  waitSecs?: Input<number>;

  /**
   * Whether the lines that the run logs while it is waited for are shown in the resource's log, at
   * most ten a second and 2,000 in all. A terminal shows the last one in the resource's row and all of
   * them at the end; `pulumi up --non-interactive` shows each as it comes. A wait that is resumed shows
   * what is logged from then on. Default: false. A change reruns nothing.
   */
  showLog?: Input<boolean>;

  /**
   * What deleting or replacing the resource does to the run. `abort` stops it if it is still
   * going and leaves its data; `keep` touches nothing; `purge` stops it and deletes it with its
   * default dataset, key-value store and request queue, in a replacement only once the new run has
   * delivered. Default: `abort`. A change reruns nothing.
   */
  onDelete?: Input<OnDelete>;

  /**
   * What it means that Apify has deleted the run, as it does after the account's retention period, and
   * a refresh has seen that. `keep`: nothing; ids and outputs stay, and `expired` is true. `rerun`: the
   * next deployment runs the task again. Default: `keep`. A change reruns nothing by itself.
   */
  onExpired?: Input<OnExpired>;

  /**
   * The name of an entry of the configuration `apify:accounts`, whose token is used. Default: the
   * account of `apify:token`. A change reruns nothing: it says whom to ask from now on.
   */
  account?: Input<string>;
}
