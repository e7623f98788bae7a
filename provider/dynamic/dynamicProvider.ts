import { taskRunOperations } from "../engine/taskRunOperations";
import { deploymentOfThisProcess } from "./deployment";
import { dynamicForm, methodsOf, settingsOf } from "./providerMethods";
import type { dynamic } from "@pulumi/pulumi";
import type { Deployment } from "../engine/deployment";
import type { Settings } from "../resources/config";
import type { ProviderMethods } from "./providerMethods";

/**
 * Called by the thunk to get the provider's methods. It must be synchronous: the host does not make
 * a second, parallel call wait for `configure`.
 */
export function install(target: object, request: dynamic.ConfigureRequest): void {
  Object.assign(target, taskRunProvider(settingsOf(request), deploymentOfThisProcess()));
}

/** The six operations on a TaskRun, as Pulumi's host calls them. */
export function taskRunProvider(settings: Settings, deployment: Deployment): ProviderMethods {
  return methodsOf(taskRunOperations(settings, deployment, dynamicForm));
}
