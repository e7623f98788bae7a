import { connectEngine } from "../engine/engine";
import { createSharedReads } from "../resources/sharedReads";
import { createDeploymentLedger } from "../resources/taskRun/deploymentLedger";
import type { Engine } from "../engine/engine";
import type { SharedReads } from "../resources/sharedReads";
import type { DeploymentLedger } from "../resources/taskRun/deploymentLedger";

/** What the operations of one deployment share. */
export interface Deployment {
  readonly engine: Engine;
  readonly reads: SharedReads;
  /** Of the TaskRuns. */
  readonly ledger: DeploymentLedger;
}

let ofThisProcess: Deployment | undefined;

/**
 * The deployment that this process works for, created at the first call. It is the one mutable variable of
 * a module in this package, and has to be: the host calls `configure` on a provider of its own for each
 * stored text that it meets, and all of them serve one deployment.
 */
export function deploymentOfThisProcess(): Deployment {
  return (ofThisProcess ??= {
    engine: connectEngine(process),
    reads: createSharedReads(),
    ledger: createDeploymentLedger(),
  });
}
