import { connectEngine } from "../engine/engine";
import { createSharedReads } from "../resources/sharedReads";
import { createTaskLedger } from "../resources/task/taskLedger";
import { createDeploymentLedger } from "../resources/taskRun/deploymentLedger";
import { cancelSignal } from "./cancelSignal";
import type { Engine } from "../engine/engine";
import type { SharedReads } from "../resources/sharedReads";
import type { TaskLedger } from "../resources/task/taskLedger";
import type { DeploymentLedger } from "../resources/taskRun/deploymentLedger";

/** The objects that the operations of one deployment share. */
export interface Deployment {
  readonly engine: Engine;
  /** Aborted when the user cancels the deployment (the first ^C). */
  readonly cancelled: AbortSignal;
  readonly reads: SharedReads;
  /** The record that operations on TaskRuns share. */
  readonly ledger: DeploymentLedger;
  /** The record that operations on Tasks share. */
  readonly taskLedger: TaskLedger;
}

let ofThisProcess: Deployment | undefined;

/**
 * The deployment that this process serves, created at the first call. It is kept in the only mutable module
 * variable of this package: the host creates a provider, and calls its `configure`, for each distinct thunk
 * in the state, and all of these providers serve one deployment.
 */
export function deploymentOfThisProcess(): Deployment {
  return (ofThisProcess ??= {
    engine: connectEngine(process),
    cancelled: cancelSignal(),
    reads: createSharedReads(),
    ledger: createDeploymentLedger(),
    taskLedger: createTaskLedger(),
  });
}
