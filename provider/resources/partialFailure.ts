import { ProviderError } from "./errors";
import type { Message } from "../apify/message";
import type { TaskRunState } from "./taskRun/state";

/** An operation that failed although its run exists; Pulumi's term. The state must be recorded, or the run's id would be lost. */
export class PartialFailure extends ProviderError {
  override readonly name = "PartialFailure";
  readonly state: TaskRunState;

  constructor(message: Message, state: TaskRunState) {
    super(message);
    this.state = state;
  }
}
