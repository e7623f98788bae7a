import { connectEngine } from "../engine/engine";
import { createLookups } from "../resources/lookups";
import { createMemory } from "../resources/taskRun/deploymentLedger";
import type { Engine } from "../engine/engine";
import type { Lookups } from "../resources/lookups";
import type { DeploymentMemory } from "../resources/taskRun/deploymentLedger";

/** What the operations of one deployment share. */
export interface Deployment {
  readonly engine: Engine;
  readonly ledger: DeploymentMemory;
  readonly lookups: Lookups;
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
    ledger: createMemory(),
    lookups: createLookups(),
  });
}
