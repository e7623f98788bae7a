import * as pulumi from "@pulumi/pulumi";
import { thunk } from "../dynamic/thunk";
import { hiddenInputs } from "./hiddenInputValues";
import { assertInstalled } from "./installation";
import { jsonArguments } from "./jsonArguments";
import { isUnderMocks } from "./mocks";
import { resourceOptions } from "./resourceOptions";
import { shortenStackTraces } from "./stackTraces";
import { taskOutputNames, taskOutputsUntilDeployed } from "./taskOutputs";
import type { TaskArgs } from "./taskArgs";

const typeToken = "pulumi-nodejs:dynamic/apify:Task";
const providerModule = "pulumi-apify/dynamic-task-provider";

/**
 * A saved task: an Actor with the input and options to run it with. Its `id` is stable over updates. It does not run by
 * itself: a {@link TaskRun} runs it.
 *
 * ```ts
 * const scraper = new apify.Task("price-scraper", {
 *   actorId: "apify/web-scraper",
 *   input: { startUrls: [{ url: "https://example.com" }] },
 * });
 * const prices = new apify.TaskRun("prices", {
 *   actorTaskId: scraper.id,
 *   triggers: [scraper.fingerprint],
 * });
 * ```
 */
export class Task extends pulumi.CustomResource {
  /** The name of the task, unique in its account. */
  declare readonly name: pulumi.Output<string>;
  /** The name of the account that owns the task. */
  declare readonly username: pulumi.Output<string | undefined>;
  /** The id of the user who owns the task. */
  declare readonly userId: pulumi.Output<string>;
  /** The id of the Actor. */
  declare readonly actId: pulumi.Output<string>;
  /** The time when the task was created, in ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;
  /** The time when the task was changed last, in ISO 8601, as far as the state knows. */
  declare readonly modifiedAt: pulumi.Output<string>;
  /**
   * A hash of what the task runs: its Actor, input and options, but not its name or title; `trackTask` compares the
   * same. As one of the `triggers` of a TaskRun it reruns the task when, and only when, these change.
   */
  declare readonly fingerprint: pulumi.Output<string>;
  /** The URL of the task in Apify Console. */
  declare readonly consoleUrl: pulumi.Output<string>;

  /**
   * Declares a task.
   *
   * @param name The unique name of the resource.
   * @param args The Actor, and what the task saves.
   * @param opts Pulumi's resource options.
   */
  constructor(name: string, args: TaskArgs, opts: pulumi.CustomResourceOptions = {}) {
    assertInstalled(providerModule);
    const label = `Task "${name}"`;
    const options = resourceOptions({ typeToken, label, adoptArgument: "adoptTaskId" }, opts);
    const properties = {
      __provider: thunk(providerModule),
      ...Object.fromEntries(taskOutputNames.map((output) => [output, undefined])),
      ...jsonArguments(label, args),
      ...hiddenInputs(typeToken, name, args, options),
    };
    const restore = shortenStackTraces();
    try {
      super(typeToken, name, properties, options);
    } finally {
      restore();
    }
    if (!isUnderMocks()) Object.assign(this, taskOutputsUntilDeployed(this));
  }

  /**
   * Reads an existing task. It never changes or deletes it.
   *
   * @param name The unique name of the resource.
   * @param taskId The id of the task. The deployment fails if Apify has no task with this id.
   * @param opts Pulumi's resource options.
   */
  static get(
    name: string,
    taskId: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
  ): Task {
    // An existing task is read by its id alone, so it needs no arguments.
    return new Task(name, {} as TaskArgs, { ...opts, id: taskId });
  }
}
