import { ApifyError } from "./errors";
import type { ApifyNoAnswerError } from "./errors";

/** What a user can do about an error, where that is known whatever was asked for; empty otherwise. */
export function remedyOf(error: ApifyError | ApifyNoAnswerError): string {
  if (!(error instanceof ApifyError)) {
    return "Check apify:baseUrl (or APIFY_API_BASE_URL) and the network.";
  }
  const { approvalUrl } = (error.data ?? {}) as { approvalUrl?: unknown };
  if (typeof approvalUrl === "string") return `Approve the Actor's permissions: ${approvalUrl}`;
  if (error.status === 401) return `Check ${error.tokenFrom}.`;
  if (error.status === 403) return `Check what the token of ${error.tokenFrom} may do.`;
  return "";
}
