import { createDeployment } from "../engine/deployment";
import { connectEngine } from "../engine/engine";
import { cancelSignal } from "./cancelSignal";
import type { Deployment } from "../engine/deployment";

let ofThisProcess: Deployment | undefined;

/**
 * The deployment that this process serves, created at the first call. It is kept in the only mutable module
 * variable of this package: the host creates a provider, and calls its `configure`, for each distinct thunk
 * in the state, and all of these providers serve one deployment.
 */
export function deploymentOfThisProcess(): Deployment {
  return (ofThisProcess ??= createDeployment(connectEngine(process), cancelSignal()));
}
