import { adviceOn } from "../apify/advice";
import { RequestError } from "../apify/errors";
import { lines } from "../apify/message";
import { ProviderError } from "./errors";
import type { Message } from "../apify/message";

/** What to tell the user about an error that this package foresees; `undefined` for any other, which is a bug. */
export function userMessage(error: unknown): Message | undefined {
  if (error instanceof ProviderError) return error.message;
  if (error instanceof RequestError) return lines(error.message, adviceOn(error));
  return undefined;
}
