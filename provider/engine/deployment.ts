import { createSharedReads } from "../resources/sharedReads";
import { createTaskLedger } from "../resources/task/taskLedger";
import { createDeploymentLedger } from "../resources/taskRun/deploymentLedger";
import type { SharedReads } from "../resources/sharedReads";
import type { TaskLedger } from "../resources/task/taskLedger";
import type { DeploymentLedger } from "../resources/taskRun/deploymentLedger";
import type { Engine } from "./engine";

/** The objects that the operations of one deployment share. */
export interface Deployment {
  readonly engine: Engine;
  /** Aborted at a first ^C after which the engine lets operations in progress finish. */
  readonly cancelled: AbortSignal | undefined;
  readonly reads: SharedReads;
  /** The record that operations on TaskRuns share. */
  readonly ledger: DeploymentLedger;
  /** The record that operations on Tasks share. */
  readonly taskLedger: TaskLedger;
}

/** Begins a deployment of this engine, which knows nothing of those before. */
export function createDeployment(engine: Engine, cancelled: AbortSignal | undefined): Deployment {
  return {
    engine,
    cancelled,
    reads: createSharedReads(),
    ledger: createDeploymentLedger(),
    taskLedger: createTaskLedger(),
  };
}
