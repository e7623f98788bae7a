import type { Message } from "../apify/message";

/** A failure that this package foresees. The message is for the user: what happened, to what, and what to do next. */
export class ProviderError extends Error {
  override readonly name: string = "ProviderError";
  override readonly message: Message;

  constructor(message: Message, options?: ErrorOptions) {
    super(message, options);
    this.message = message;
  }
}
