import type { Message } from "../apify/message";

/** A foreseen failure. Its message tells the user what happened, to which resource or run, and what to do next. */
export class ProviderError extends Error {
  override readonly name: string = "ProviderError";
  override readonly message: Message;

  constructor(message: Message, options?: ErrorOptions) {
    super(message, options);
    this.message = message;
  }
}

/** The configuration is missing or wrong. The message says what to set. */
export class ConfigurationError extends ProviderError {}
