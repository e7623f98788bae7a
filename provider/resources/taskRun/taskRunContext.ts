import type { ResourceContext } from "../resourceContext";
import type { DeploymentLedger } from "./deploymentLedger";

/** What every operation on a TaskRun needs from its surroundings. */
export interface TaskRunContext extends ResourceContext {
  readonly ledger: DeploymentLedger;
}
