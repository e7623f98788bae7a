import type { ResourceContext } from "../resourceContext";
import type { DeploymentLedger } from "./deploymentLedger";

/** What the operations on a TaskRun need from outside. */
export interface TaskRunContext extends ResourceContext {
  readonly ledger: DeploymentLedger;
}
