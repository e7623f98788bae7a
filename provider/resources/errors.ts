import type { Message } from "../apify/message";
import type { TaskRunState } from "./taskRun/state";

/** An operation failed and nothing of it is to be recorded. The message is for the user: what happened, to which run, what to do. */
export class TaskRunError extends Error {
  override readonly name: string = "TaskRunError";
  override readonly message: Message;

  constructor(message: Message, options?: ErrorOptions) {
    super(message, options);
    this.message = message;
  }
}

/** An operation failed, but the run it was about must stay known: the state to record comes with it. */
export class PartialFailure extends TaskRunError {
  override readonly name = "PartialFailure";
  readonly state: TaskRunState;

  constructor(message: Message, state: TaskRunState) {
    super(message);
    this.state = state;
  }
}
