import { faultOf } from "./connectionFault";
import { ApifyError, ApifyNoResponseError } from "./errors";
import { isSuccess } from "./http";
import { message, oneLine } from "./message";
import { retryAfterMillis } from "./retry";
import type { ApifyErrorBody, RequestError, RequestPlace } from "./errors";
import type { HttpResult } from "./http";
import type { Message } from "./message";
import type { Redaction } from "./redaction";

/** What the error depends on besides the result. */
export interface FailureOptions {
  readonly redaction: Redaction;
  /** The number of attempts, including this one. */
  readonly attempts: number;
  /** Seconds for which a refused connection is retried. Default: the caller's own limit. */
  readonly refusedSecs: number | undefined;
}

/** Converts the result of an unsuccessful request to an error. Pure. */
export function errorFromResult(
  place: RequestPlace,
  result: HttpResult,
  { redaction, attempts, refusedSecs }: FailureOptions,
): RequestError {
  const tries = attempts === 1 ? "" : ` (${attempts} attempts)`;
  if (result.kind !== "response") {
    const { code, cause } = result;
    const kind = result.kind === "neverArrived" ? "unreachable" : "noResponse";
    return new ApifyNoResponseError(place, kind, redaction.text(`${result.reason}${tries}`), {
      fault: faultOf(code, result.reason),
      withinSecs: code === "ECONNREFUSED" ? refusedSecs : undefined,
      cause,
    });
  }
  if (isSuccess(result.status)) {
    const reason = result.cut ?? "the response is not in the documented format";
    return new ApifyNoResponseError(place, "unreadable", redaction.text(`${reason}${tries}`), {
      fault: result.cutBy === undefined ? undefined : "size",
    });
  }
  if (result.status >= 300 && result.status < 400) {
    const target = result.headers.location ?? "another address";
    const reason = redaction.text(`it redirects (${result.status}) to ${target}`);
    return new ApifyNoResponseError(place, "redirected", reason, { fault: "redirects" });
  }
  const body = parseErrorBody(result.body.toString("utf8"), redaction);
  return new ApifyError(place, result.status, body, retryAfterMillis(result));
}

/** Longer messages, such as a proxy's HTML page, are cut. */
const longestMessage = 300;

/** Only the beginning of an HTML page is searched for its title. */
const headOfPage = 4096;

/** Longer error types are cut; Apify's own are shorter. */
const longestType = 100;

/**
 * Reads an error body of any kind: Apify's envelope, other JSON, HTML, plain text or nothing. The token is
 * removed before anything is cut, so that no part of it remains.
 */
export function parseErrorBody(body: string, redaction: Redaction): ApifyErrorBody {
  const text = redaction.text(body).trim();
  let parsed: unknown;
  try {
    parsed = redaction.parseJson(body, "becomesNull");
  } catch {
    return { type: undefined, message: readableText(text), data: undefined };
  }
  const error = isRecord(parsed) && isRecord(parsed.error) ? parsed.error : parsed;
  if (!isRecord(error)) return { type: undefined, message: readableText(text), data: undefined };
  return {
    type: typeof error.type === "string" ? shorten(error.type, longestType) : undefined,
    message: typeof error.message === "string" ? shorten(error.message) : readableText(text),
    data: error.data,
  };
}

function readableText(text: string): Message {
  if (text === "") return message`(an empty response)`;
  if (!/<(!doctype|html|head|body)\b/i.test(text)) return shorten(text);
  const title = /<title[^>]*>([^<]*)/i.exec(text.slice(0, headOfPage))?.[1]?.trim();
  return title ? shorten(`(an HTML page titled "${title}")`) : message`(an HTML page)`;
}

function shorten(text: string, longest = longestMessage): Message {
  const line = oneLine(text);
  const characters = Array.from(line);
  return characters.length <= longest ? line : message`${characters.slice(0, longest).join("")}…`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
