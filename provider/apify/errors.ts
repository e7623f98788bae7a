import { message, oneLine } from "./message";
import type { Message } from "./message";
import type { Redaction } from "./redaction";

/** What an error answer of the API says: https://docs.apify.com/api/v2#errors */
export interface ApifyErrorBody {
  /** Apify's own name for the error, for instance `record-not-found`; `undefined` when the body has none. */
  readonly type: string | undefined;
  readonly message: string;
  /** Further facts, for instance the `approvalUrl` of `full-permission-actor-not-approved`. */
  readonly data: unknown;
}

/** Longer messages (a proxy's HTML page, say) are cut: an error is for reading. */
const longestMessage = 300;

/** The title of an HTML page stands at its beginning; a huge page is not searched through. */
const headOfPage = 4096;

/** Apify's names of errors are shorter; a longer one is not Apify's. */
const longestType = 100;

/**
 * Reads an error body of any kind: Apify's envelope, other JSON, HTML, plain text, nothing.
 * `redaction` takes the token out, before anything is cut, so that no part of it is left.
 */
export function parseErrorBody(body: string, redaction: Redaction): ApifyErrorBody {
  const text = redaction.text(body).trim();
  let parsed: unknown;
  try {
    parsed = redaction.json(JSON.parse(body), "becomesNull");
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
  if (text === "") return message`(the answer has no text)`;
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

/** Where a request went, as far as an error may tell: never the query, never a header. */
export interface RequestPlace {
  readonly method: string;
  readonly path: string;
  /** Where the user has set the token, in words. Default: `apify:token (or APIFY_TOKEN)`. */
  readonly tokenFrom?: string | undefined;
}

/** A request that Apify did not do. Its message is fit to be shown. */
export abstract class RequestError extends Error {
  override readonly message: Message;

  constructor(text: Message) {
    super(text);
    this.message = text;
  }
}

/** Apify answered, and the answer is an error. */
export class ApifyError extends RequestError {
  override readonly name = "ApifyError";
  readonly status: number;
  readonly type: string | undefined;
  readonly apifyMessage: string;
  readonly data: unknown;
  readonly method: string;
  readonly path: string;
  /** Where the user has set the token, in words. */
  readonly tokenFrom: string;
  /** The pause that Apify asked for, in milliseconds; `undefined` when it did not. */
  readonly askedMillis: number | undefined;

  constructor(place: RequestPlace, status: number, body: ApifyErrorBody, askedMillis?: number) {
    const answer = body.type === undefined ? String(status) : message`${status} ${body.type}`;
    super(message`Apify answered ${answer} to ${place.method} ${place.path}: ${body.message}`);
    this.status = status;
    this.type = body.type;
    this.apifyMessage = body.message;
    this.data = body.data;
    this.method = place.method;
    this.path = place.path;
    this.tokenFrom = place.tokenFrom ?? "apify:token (or APIFY_TOKEN)";
    this.askedMillis = askedMillis;
  }
}

/** No usable answer came: no connection, no reply in time, or a reply that is not what the API promises. */
export class ApifyNoAnswerError extends RequestError {
  override readonly name = "ApifyNoAnswerError";
  readonly method: string;
  readonly path: string;
  /** `unreachable`: no connection was ever made. `noAnswer`: the request may have arrived. `unreadable`: the answer makes no sense. */
  readonly kind: "unreachable" | "noAnswer" | "unreadable";

  constructor(place: RequestPlace, kind: ApifyNoAnswerError["kind"], reason: string) {
    super(message`${place.method} ${place.path} got no usable answer from Apify: ${reason}`);
    this.kind = kind;
    this.method = place.method;
    this.path = place.path;
  }
}

/** Turns a 404 into `undefined`: what is already gone is an answer, not a failure. */
export async function orUndefinedWhenMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApifyError && error.status === 404) return undefined;
    throw error;
  }
}

/** The message of anything thrown, on one line. */
export function messageOf(error: unknown): Message {
  return oneLine(error instanceof Error ? error.message : String(error));
}
