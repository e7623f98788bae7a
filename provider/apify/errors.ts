import { message, oneLine } from "./message";
import { defaultSetup } from "./setup";
import { classify } from "./classify";
import type { ConnectionFault } from "./connectionFault";
import type { Message } from "./message";
import type { Redaction } from "./redaction";
import type { AccountSetup } from "./setup";
import type { Effect, Transient } from "./classify";

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
  /** Default: `defaultSetup`. */
  readonly setup?: AccountSetup;
}

/** What is known of a request that failed, beside its message. */
export interface FailureFacts extends ErrorOptions {
  /** What the request may have done. Default: `none`. */
  readonly effect?: Effect;
  /** Why the same request may be answered otherwise later. Default: it may not. */
  readonly transient?: Transient | undefined;
  /** Default: `defaultSetup`. */
  readonly setup?: AccountSetup | undefined;
}

/** A request that Apify did not do. Its message is fit to be shown. */
export abstract class RequestError extends Error {
  override readonly message: Message;
  readonly effect: Effect;
  readonly transient: Transient | undefined;
  readonly setup: AccountSetup;

  constructor(text: Message, facts: FailureFacts = {}) {
    super(text, facts.cause === undefined ? {} : { cause: facts.cause });
    this.message = text;
    this.effect = facts.effect ?? "none";
    this.transient = facts.transient;
    this.setup = facts.setup ?? defaultSetup;
  }
}

/** Apify answered, and the answer is an error. */
export class ApifyError extends RequestError {
  override readonly name = "ApifyError";
  readonly status: number;
  readonly type: string | undefined;
  readonly apifyMessage: string;
  readonly data: unknown;

  constructor(
    place: RequestPlace,
    status: number,
    body: ApifyErrorBody,
    retryAfterMillis?: number,
  ) {
    const answer = body.type === undefined ? String(status) : message`${status} ${body.type}`;
    // Only a proxy asks for credentials with this status.
    const who = status === 407 ? "A proxy" : "Apify";
    super(message`${who} answered ${answer} to ${place.method} ${place.path}: ${body.message}`, {
      ...classify(status, body.type, retryAfterMillis),
      setup: place.setup,
    });
    this.status = status;
    this.type = body.type;
    this.apifyMessage = body.message;
    this.data = body.data;
  }
}

/** Why a request got no answer. */
export interface NoAnswerFacts extends ErrorOptions {
  /** What will be wrong the next time too. Default: nothing, so that another attempt may succeed. */
  readonly fault?: ConnectionFault | undefined;
  /** Seconds after which it no longer pays to try. Default: as long as the caller has patience. */
  readonly withinSecs?: number | undefined;
}

/** No usable answer came: no connection, no reply in time, or a reply that is not what the API promises. */
export class ApifyNoAnswerError extends RequestError {
  override readonly name = "ApifyNoAnswerError";
  /** `unreachable`: the API was never reached. `noAnswer`: the request may have arrived. `unreadable`: the answer makes no sense. */
  readonly kind: "unreachable" | "noAnswer" | "unreadable";
  readonly fault: ConnectionFault | undefined;

  constructor(
    place: RequestPlace,
    kind: ApifyNoAnswerError["kind"],
    reason: string,
    { fault, withinSecs, cause }: NoAnswerFacts = {},
  ) {
    const words = { unreachable: `no connection (${reason})`, noAnswer: `no answer (${reason})` };
    const transient = {
      kind: "unavailable",
      reason: kind === "unreadable" ? reason : words[kind],
      retryAfterMillis: undefined,
      withinSecs,
    } as const;
    super(message`${place.method} ${place.path} got no usable answer from Apify: ${reason}`, {
      effect: kind === "unreachable" ? "none" : "unknown",
      transient: fault === undefined ? transient : undefined,
      setup: place.setup,
      cause,
    });
    this.kind = kind;
    this.fault = fault;
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
