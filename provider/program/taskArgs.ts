import type { Input } from "@pulumi/pulumi";

/** What to do with a task whose resource is deleted or replaced: see `TaskArgs.onDelete`. */
export type TaskOnDelete = "delete" | "keep";

/**
 * The options that a task saves for its runs. A TaskRun may override them. Omitted ones stay as they are at Apify; a new
 * task has the Actor's own. Removing one from the program resets it.
 */
export interface TaskOptionsArgs {
  /** Tag (`latest`) or number (`0.1.3`) of the Actor's build. Default: the Actor's own. */
  build?: Input<string>;
  /** Seconds after which Apify ends a run; 0 for no limit. Default: the Actor's own. */
  timeoutSecs?: Input<number>;
  /** Memory of a run in megabytes: a power of 2 from 128 to 32768. Default: the Actor's own. */
  memoryMbytes?: Input<number>;
  /** The number of items, 1 or more, for which a run may charge. Default: no limit. */
  maxItems?: Input<number>;
  /** US dollars, more than 0, that a run may cost. Default: no limit. */
  maxTotalChargeUsd?: Input<number>;
  /** Whether Apify restarts a run that fails. Default: the Actor's own. */
  restartOnError?: Input<boolean>;
}

/**
 * How the task answers HTTP requests as a web server (Actor Standby). Omitted properties stay as they are at Apify.
 * Source: https://docs.apify.com/platform/actors/development/programming-interface/standby
 */
export interface ActorStandbyArgs {
  /** Whether the task answers requests. Default: the Actor's own. */
  isEnabled?: Input<boolean>;
  /** The number of requests at once for which Apify starts another run. Default: the Actor's own. */
  desiredRequestsPerActorRun?: Input<number>;
  /** The number of requests at once that a run gets at most. Default: the Actor's own. */
  maxRequestsPerActorRun?: Input<number>;
  /** Seconds without a request after which a run ends. Default: the Actor's own. */
  idleTimeoutSecs?: Input<number>;
  /** Tag or number of the build. Default: the Actor's own. */
  build?: Input<string>;
  /** Memory of a run in megabytes. Default: the Actor's own. */
  memoryMbytes?: Input<number>;
  /** Whether a request may not override these settings. Default: the Actor's own. */
  disableStandbyFieldsOverride?: Input<boolean>;
  /** Whether runs get the task's input. Default: the Actor's own. */
  shouldPassActorInput?: Input<boolean>;
}

/**
 * The arguments of a {@link Task}. A field that is omitted stays as it is at Apify, and a refresh does not look
 * at it. `pulumi preview` reports a wrong value before anything is created.
 * Source: https://docs.apify.com/api/v2/actor-tasks-post
 */
export interface TaskArgs {
  /**
   * The Actor that the task runs: its id, or `username/actor-name`; `username~actor-name` works too. Changing it
   * replaces the task, since Apify cannot move a task to another Actor.
   */
  actorId: Input<string>;

  /**
   * Name of the task, unique in the account: 3 to 63 letters, digits and hyphens. A name that another task has is an error.
   * Default: the name of the resource with a suffix; an adopted task keeps its name. Changing it renames the task.
   */
  name?: Input<string>;

  /** Title of the task in Apify Console. Default: Apify's, made from the name. Changing it changes the task, and runs nothing. */
  title?: Input<string>;

  /**
   * Description of the task. Apify's API reference does not list it; its JavaScript client sends it.
   * Default: none. Changing it changes the task, and runs nothing.
   */
  description?: Input<string>;

  /**
   * Input that the task saves: a JSON object of at most 9,437,184 bytes. It replaces the whole saved input. Secret values
   * stay encrypted in the state. Default: what Apify saves for a new task, such as the Actor's prefilled input.
   * Changing it changes the task and its `fingerprint`.
   */
  input?: Input<Record<string, unknown>>;

  /**
   * Options that the task saves for its runs: see `TaskOptionsArgs`. Default: the Actor's own.
   * Changing it changes the task and its `fingerprint`.
   */
  options?: Input<TaskOptionsArgs>;

  /** How the task answers HTTP requests: see `ActorStandbyArgs`. Default: the Actor's own. Changing it changes the task. */
  actorStandby?: Input<ActorStandbyArgs>;

  /**
   * Id of an existing task to take over instead of creating one. The declared fields are put into it. Default: none, and a task is created. Changing it takes over the task that
   * it names, and the former one is deleted unless `onDelete` is `"keep"`; removing it changes nothing.
   */
  adoptTaskId?: Input<string>;

  /**
   * What to do with the task when the resource is deleted or replaced: `"delete"` it, or `"keep"` it. Its runs and
   * their data stay in any case. Default: `"delete"`. Changing it changes nothing at Apify.
   */
  onDelete?: Input<TaskOnDelete>;

  /**
   * Name of the entry in `apify:accounts` whose account the task belongs to. Default: the account of `apify:token`.
   * Changing it changes nothing at Apify.
   */
  account?: Input<string>;
}
