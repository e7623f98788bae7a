import type { Input } from "@pulumi/pulumi";

/** What to do with a run whose resource is deleted or replaced: see `TaskRunArgs.onDelete`. */
export type OnDelete = "abort" | "keep" | "purge";

/** What to do when a run is not good: see `TaskRunArgs.onFailure`. */
export type OnFailure = "fail" | "continue";

/** What to do once Apify has deleted the run: see `TaskRunArgs.onExpired`. */
export type OnExpired = "keep" | "rerun";

/** A status that a run ends with. Source: https://docs.apify.com/platform/actors/running/runs-and-builds#lifecycle */
export type RunEndStatus = "SUCCEEDED" | "FAILED" | "TIMED-OUT" | "ABORTED";

/**
 * An ad-hoc webhook, for this run only.
 * Source: https://docs.apify.com/platform/integrations/webhooks/ad-hoc-webhooks
 */
export interface WebhookArgs {
  /** The events to report, at least one: `ACTOR.RUN.CREATED`, `.SUCCEEDED`, `.FAILED`, `.ABORTED`, `.TIMED_OUT` or `.RESURRECTED`. */
  eventTypes: Input<Input<string>[]>;
  /** The http(s) URL that Apify calls. */
  requestUrl: Input<string>;
  /** The body of the call, with `{{variables}}`. Default: Apify's own. */
  payloadTemplate?: Input<string>;
  /** The headers of the call as JSON text, with `{{variables}}`. Default: none. */
  headersTemplate?: Input<string>;
  /** Whether to replace variables inside strings of the payload as well. Default: false. */
  shouldInterpolateStrings?: Input<boolean>;
  /** Keeps Apify from creating the same webhook twice. It has no effect on the run. Default: none. */
  idempotencyKey?: Input<string>;
  /** Whether to accept an invalid TLS certificate at the URL. Default: false. */
  ignoreSslErrors?: Input<boolean>;
  /** Whether to give up after the first failed call. Default: false, and Apify retries for about a day. */
  doNotRetry?: Input<boolean>;
}

/**
 * The arguments of a {@link TaskRun}. Omitted options of the run (`input`, `build`, limits, memory …) come
 * from the saved task; the others have the defaults below. `pulumi preview` reports a wrong value before
 * anything is started.
 * Source: https://docs.apify.com/api/v2/actor-task-runs-post
 */
export interface TaskRunArgs {
  /**
   * The task to run: its id, `username~task-name`, or `~task-name` for the token's own account.
   * `username/task-name` works too. Changing it runs the task again.
   */
  actorTaskId: Input<string>;

  /**
   * Input of the run: a JSON object of at most 9,437,184 bytes. Each top-level property overrides the
   * same property of the task's saved input. Secret values stay encrypted in the state. Values arrive as
   * `JSON.stringify` writes them; what JSON cannot hold is refused, with its path. `pulumi.output` and
   * `pulumi.secret` turn a Date into `{}`: pass them `date.toISOString()`. Default: the saved input.
   * Changing it runs the task again; the order of keys does not matter.
   */
  input?: Input<Record<string, unknown>>;

  /** Tag (`latest`) or number (`0.1.3`) of the Actor's build. Default: the task's own. Changing it runs the task again. */
  build?: Input<string>;

  /** Seconds after which Apify stops the run, a whole number; 0 for no timeout. Default: the task's own. A change takes effect at the next run. */
  timeoutSecs?: Input<number>;

  /** Memory in megabytes, a power of 2 from 128 to 32768. Default: the task's own. A change takes effect at the next run. */
  memoryMbytes?: Input<number>;

  /** Maximum number of charged dataset items, for Actors that are paid per result: 1 or more. Default: the task's own. Changing it runs the task again. */
  maxItems?: Input<number>;

  /** Maximum cost of the run in US dollars: more than 0. Default: the task's own. Changing it runs the task again. */
  maxTotalChargeUsd?: Input<number>;

  /** Whether Apify restarts the run when its process fails. Default: the task's own. A change takes effect at the next run. */
  restartOnError?: Input<boolean>;

  /** Webhooks for this run only. Default: none. A change takes effect at the next run. */
  webhooks?: Input<Input<WebhookArgs>[]>;

  /** Any values of your own. Default: none. Changing any of them runs the task again. */
  triggers?: Input<unknown[]>;

  /**
   * A key of your own, such as a commit or the id of a CI job; it must not be empty. Identical requests
   * with this key share one run, from other stacks too, as long as Apify keeps that run and it is
   * running or good. Default: none, and no run is shared. Changing it runs the task again.
   */
  idempotencyKey?: Input<string>;

  /**
   * The id of an existing run of this task to adopt instead of starting one. While it is set, no other
   * change starts a run. A run that does not exist or belongs to another task is refused. Default: none.
   * Changing it adopts the run with the new id; removing it later changes nothing.
   */
  adoptRunId?: Input<string>;

  /**
   * Whether to run the task again when its build tag points to another build than the one that ran. Each
   * preview reads the task and its Actor, once per deployment, and shows `trackedBuild: 0.1.3 => 0.1.4`.
   * A `build` that is a number needs no read. If a read fails, the row says so and no rerun is
   * triggered. Default: false. Turning it on runs the task again only if the tag has moved.
   */
  trackBuild?: Input<boolean>;

  /**
   * Whether to run the task again when the saved task was edited: its Actor, input or options, but not its
   * name or title. Each preview reads the task once, and compares a fingerprint of it (`trackedTask`). If
   * the read fails, the row says so and no rerun is triggered. Default: false. Turning it on starts no
   * run: edits from then on count.
   */
  trackTask?: Input<boolean>;

  /**
   * Maximum age of the data in seconds, counted by Apify's clock from the start of the last good run, the
   * latest that ended with one of `acceptStatuses`. A deployment that finds it older runs the task again;
   * `pulumi preview`, and `pulumi refresh --preview-only --expect-no-changes`, tell without running anything.
   * Default: no limit. Changing it runs the task again only if the data is too old for the new value.
   */
  maxAgeSecs?: Input<number>;

  /**
   * A cron pattern of five fields, such as `0 3 * * *`. A deployment runs the task again if no good run
   * has started since the last tick: one run catches up on all missed ticks. It starts nothing by itself;
   * something has to run `pulumi up`. Default: none. Changing it runs the task again only if the new
   * pattern has ticked since the last good run started.
   */
  cron?: Input<string>;

  /**
   * The IANA time zone of `cron`, such as `Europe/Prague`, with its daylight-saving time. Default: `UTC`.
   * Changing it runs the task again only if `cron` has ticked there since the last good run started.
   */
  timeZone?: Input<string>;

  /**
   * The statuses with which a run counts as good: any of `SUCCEEDED`, `FAILED`, `TIMED-OUT`, `ABORTED`.
   * Default: `["SUCCEEDED"]`. Changing it runs the task again only if the last run is not good any more.
   */
  acceptStatuses?: Input<Input<RunEndStatus>[]>;

  /**
   * What to do when a run is not good. `fail`: the deployment fails, and the state and the stack's outputs
   * keep the last good run. `continue`: the failed run is recorded, dependents continue and see its
   * `status`, and the data of the last good run is not purged. Either way the next deployment runs the
   * task again. Default: `fail`. Changing it starts no run.
   */
  onFailure?: Input<OnFailure>;

  /**
   * Maximum number of seconds to wait for the run; 0 to not wait. If the run takes longer, the deployment
   * fails, and the next one resumes the wait for the same run. `customTimeouts` limits the wait too.
   * Default: until the run ends, which Apify ensures with `timeoutSecs`. Changing it starts no run.
   */
  waitSecs?: Input<number>;

  /**
   * Maximum number of seconds to wait before the start until the account has enough memory, a free
   * concurrent run and room under its rate limit. After that the deployment fails, and nothing was
   * started. Default: 300. Changing it starts no run.
   * Source: https://docs.apify.com/platform/limits
   */
  startWaitSecs?: Input<number>;

  /**
   * Whether to show what the run logs while the deployment waits for it: at most ten lines a second and
   * 2,000 in all. A terminal shows the last line in the resource's row and all lines at the end; `pulumi up
   * --non-interactive` shows each line at once. A resumed wait shows new lines only. Default: false.
   * Changing it starts no run.
   */
  showLog?: Input<boolean>;

  /**
   * What to do with the run when the resource is deleted or replaced. `abort`: abort it if it is still
   * running, and leave its data. `keep`: nothing. `purge`: abort it, and delete it with its default dataset,
   * key-value store and request queue; in a replacement, only once the new run is good.
   * Default: `abort`. Changing it starts no run.
   */
  onDelete?: Input<OnDelete>;

  /**
   * What to do once `pulumi refresh` finds that Apify has deleted the run, as it does after the account's
   * retention period. `keep`: keep ids and outputs, and set `expired` to true. `rerun`: run the task again
   * in the next deployment. Default: `keep`. Changing it starts no run, unless the run is deleted already.
   */
  onExpired?: Input<OnExpired>;

  /**
   * The name of the entry of the configuration `apify:accounts` whose token to use. Default: the account
   * of `apify:token`. Changing it starts no run: from then on, requests use the other token.
   */
  account?: Input<string>;
}
