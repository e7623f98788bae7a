import type { ResourceContext } from "../resourceContext";
import type { TaskLedger } from "./taskLedger";

/** What every operation on a Task needs from its surroundings. */
export interface TaskContext extends ResourceContext {
  readonly ledger: TaskLedger;
}
