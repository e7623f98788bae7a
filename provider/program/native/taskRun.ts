import * as pulumi from "@pulumi/pulumi";
import { hiddenInputs } from "../hiddenInputValues";
import { jsonArguments } from "../jsonArguments";
import { isUnderMocks } from "../mocks";
import { shortenStackTraces } from "../stackTraces";
import {
  addReadOutputs,
  declaredOutputs,
  outputNames,
  unknownUntilDeployed,
  withDeclaredOutputs,
  withOutputsOfSecrets,
} from "../taskRunOutputs";
import { nativeInputs, nativeOptions } from "./nativeResource";
import type { HiddenInputs } from "../../engine/hiddenInputs";
import type { TaskRun as DynamicTaskRun } from "../taskRun";
import type { TaskRunArgs } from "../taskRunArgs";

const resourceType = "TaskRun";
const typeToken = `apify:index:${resourceType}`;

type OutputName = Exclude<keyof DynamicTaskRun, keyof pulumi.CustomResource>;

/** A resource with the outputs of the dynamic TaskRun, which are read in the same way. */
const NativeTaskRun = pulumi.CustomResource as unknown as new (
  ...args: ConstructorParameters<typeof pulumi.CustomResource>
) => pulumi.CustomResource & Pick<DynamicTaskRun, OutputName>;

/**
 * One run of an Apify task, by the native plugin: the same arguments and outputs as the `TaskRun` of `pulumi-apify`. In
 * addition, Pulumi can import it (option `import`), one ^C ends a wait, and it takes explicit providers.
 */
export class TaskRun extends NativeTaskRun {
  /**
   * Declares a run.
   *
   * @param name The unique name of the resource.
   * @param args The task to run, and how to run it.
   * @param opts Pulumi's resource options. `customTimeouts.create` and `customTimeouts.update` limit the wait.
   */
  constructor(name: string, args: TaskRunArgs, opts: pulumi.CustomResourceOptions = {}) {
    const label = `${resourceType} "${name}"`;
    const options = withOutputsOfSecrets(withDeclaredOutputs(nativeOptions(resourceType, opts)));
    const isTest = isUnderMocks();
    const properties = {
      ...jsonArguments(label, args),
      ...nativeInputs(hiddenInputs(typeToken, name, args, options)),
      ...runOutputsInput(),
      ...Object.fromEntries(
        (isTest ? outputNames : declaredOutputs).map((output) => [output, undefined]),
      ),
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

/**
 * The hidden input that says that the run's JSON is enough. A process without a stack is a component plugin, whose program may
 * be in any language, and may get the resource itself.
 */
function runOutputsInput(): Pick<HiddenInputs, "__runOutputs"> {
  return pulumi.runtime.getStackResource() === undefined ? {} : { __runOutputs: "jsonOnly" };
}

addReadOutputs(TaskRun.prototype);
