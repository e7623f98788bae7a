import { taskOperations } from "../engine/taskOperations";
import { deploymentOfThisProcess } from "./deployment";
import { dynamicForm, methodsOf, settingsOf } from "./providerMethods";
import type { dynamic } from "@pulumi/pulumi";
import type { Deployment } from "../engine/deployment";
import type { Settings } from "../resources/config";
import type { ProviderMethods } from "./providerMethods";

/** Called by the thunk of Tasks to get the provider's methods. It must be synchronous, like that of TaskRuns. */
export function install(target: object, request: dynamic.ConfigureRequest): void {
  Object.assign(target, taskProvider(settingsOf(request), deploymentOfThisProcess()));
}

/** The six operations on a Task, as Pulumi's host calls them. */
export function taskProvider(settings: Settings, deployment: Deployment): ProviderMethods {
  return methodsOf(taskOperations(settings, deployment, dynamicForm));
}
