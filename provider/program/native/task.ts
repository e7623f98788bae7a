import * as pulumi from "@pulumi/pulumi";
import { hiddenInputs } from "../hiddenInputValues";
import { jsonArguments } from "../jsonArguments";
import { isUnderMocks } from "../mocks";
import { shortenStackTraces } from "../stackTraces";
import { taskOutputNames, taskOutputsUntilDeployed } from "../taskOutputs";
import { nativeInputs, nativeOptions } from "./nativeResource";
import type { Task as DynamicTask } from "../task";
import type { TaskArgs } from "../taskArgs";

const resourceType = "Task";
const typeToken = `apify:index:${resourceType}`;

type OutputName = Exclude<keyof DynamicTask, keyof pulumi.CustomResource>;

/** A resource with the outputs of the dynamic Task. */
const NativeTask = pulumi.CustomResource as unknown as new (
  ...args: ConstructorParameters<typeof pulumi.CustomResource>
) => pulumi.CustomResource & Pick<DynamicTask, OutputName>;

/**
 * A saved task, by the native plugin: the same arguments and outputs as the `Task` of `pulumi-apify`. In addition, Pulumi
 * can import it, and it takes explicit providers.
 */
export class Task extends NativeTask {
  /**
   * Declares a task.
   *
   * @param name The unique name of the resource.
   * @param args The Actor, and what the task saves.
   * @param opts Pulumi's resource options.
   */
  constructor(name: string, args: TaskArgs, opts: pulumi.CustomResourceOptions = {}) {
    const options = nativeOptions(resourceType, opts);
    const properties = {
      ...Object.fromEntries(taskOutputNames.map((output) => [output, undefined])),
      ...jsonArguments(`${resourceType} "${name}"`, args),
      ...nativeInputs(hiddenInputs(typeToken, name, args, options)),
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
