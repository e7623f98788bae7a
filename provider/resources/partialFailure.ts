import { ProviderError } from "./errors";
import type { Message } from "../apify/message";

/**
 * An operation that failed although what it was for exists; Pulumi's term. The state must be recorded, or the
 * id in it would be lost.
 */
export class PartialFailure<State = unknown> extends ProviderError {
  override readonly name = "PartialFailure";
  readonly state: State;

  constructor(message: Message, state: State) {
    super(message);
    this.state = state;
  }
}
