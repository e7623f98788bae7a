import { message } from "./message";
import { ApifyError } from "./errors";
import { ImpossibleIdError } from "./paths";
import type { RequestError } from "./errors";
import type { Message } from "./message";

/** What a user can do about an error, where that is known whatever was asked for; empty otherwise. */
export function remedyOf(error: RequestError): Message {
  if (error instanceof ImpossibleIdError) return message``;
  if (!(error instanceof ApifyError)) {
    return message`Check apify:baseUrl (or APIFY_API_BASE_URL) and the network.`;
  }
  const { approvalUrl } = (error.data ?? {}) as { approvalUrl?: unknown };
  if (typeof approvalUrl === "string")
    return message`Approve the Actor's permissions: ${approvalUrl}`;
  if (error.status === 401) return message`Check ${error.tokenFrom}.`;
  if (error.status === 403) return message`Check what the token of ${error.tokenFrom} may do.`;
  return message``;
}
