import { classify } from "./classify";
import { message, oneLine } from "./message";
import { defaultSetup } from "./accountSetup";
import type { Classification, Effect } from "./classify";
import type { ConnectionFault } from "./connectionFault";
import type { ErrorSubject } from "./errorTypes";
import type { Message } from "./message";
import type { Transient } from "./retry";
import type { AccountSetup } from "./accountSetup";

/** How a request failed. */
export type FailureKind =
  /** Apify answered with an error; `notFound` for a 404. */
  | Classification["kind"]
  /** No connection to the server could be made, so the request cannot have arrived. */
  | "unreachable"
  /** The server redirected the request, which this package does not follow. Apify did not process it. */
  | "redirected"
  /** The request may have arrived, but no complete response came back. */
  | "noResponse"
  /** The response does not have the documented form. */
  | "unreadable"
  /** The request could not be formed, because an id is impossible. Nothing was sent. */
  | "invalidRequest";

/** The facts about a failed request besides its message. */
export interface FailureFacts extends ErrorOptions {
  readonly kind: FailureKind;
  /** What the request may have done. Default: `none`. */
  readonly effect?: Effect;
  /** Why the same request may succeed later. Default: `undefined`, for a request that would fail again. */
  readonly transient?: Transient | undefined;
  /** Default: `defaultSetup`. */
  readonly setup?: AccountSetup | undefined;
}

/** A failed request. Its message can be shown to the user; its fields decide what to do next. */
export abstract class RequestError extends Error {
  override readonly message: Message;
  readonly kind: FailureKind;
  readonly effect: Effect;
  readonly transient: Transient | undefined;
  readonly setup: AccountSetup;

  constructor(text: Message, facts: FailureFacts) {
    super(text, facts.cause === undefined ? {} : { cause: facts.cause });
    this.message = text;
    this.kind = facts.kind;
    this.effect = facts.effect ?? "none";
    this.transient = facts.transient;
    this.setup = facts.setup ?? defaultSetup;
  }
}

/** The part of a request that an error may show: never the query or a header. */
export interface RequestPlace {
  readonly method: string;
  readonly path: string;
  /** Default: `defaultSetup`. */
  readonly setup?: AccountSetup;
}

/** The content of an error response of the API: https://docs.apify.com/api/v2#errors */
export interface ApifyErrorBody {
  /** Apify's name for the error, for example `record-not-found`; `undefined` if the body has none. */
  readonly type: string | undefined;
  readonly message: string;
  /** Further data, for example the `approvalUrl` of `full-permission-actor-not-approved`. */
  readonly data: unknown;
}

/** Apify answered with an error. */
export class ApifyError extends RequestError {
  override readonly name = "ApifyError";
  readonly status: number;
  readonly type: string | undefined;
  readonly subject: ErrorSubject;
  readonly apifyMessage: string;
  readonly data: unknown;

  constructor(
    place: RequestPlace,
    status: number,
    body: ApifyErrorBody,
    retryAfterMillis?: number,
  ) {
    const said = body.type === undefined ? String(status) : message`${status} ${body.type}`;
    // Only proxies send this status.
    const who = status === 407 ? "A proxy" : "Apify";
    const { subject, ...classification } = classify(status, body.type, retryAfterMillis);
    super(message`${who} answered ${said} to ${place.method} ${place.path}: ${body.message}`, {
      ...classification,
      setup: place.setup,
    });
    this.status = status;
    this.type = body.type;
    this.subject = subject;
    this.apifyMessage = body.message;
    this.data = body.data;
  }
}

/** Why a request got no response. */
export interface NoResponseFacts extends ErrorOptions {
  /** The fault that would make the next attempt fail too. Default: none, so that a retry may succeed. */
  readonly fault?: ConnectionFault | undefined;
  /** Seconds after which retrying is pointless. Default: the caller's own limit. */
  readonly withinSecs?: number | undefined;
}

/** No usable response came: no connection, a redirect, no response in time, or a response without the documented form. */
export class ApifyNoResponseError extends RequestError {
  override readonly name = "ApifyNoResponseError";
  readonly fault: ConnectionFault | undefined;

  constructor(
    place: RequestPlace,
    kind: Extract<FailureKind, "unreachable" | "redirected" | "noResponse" | "unreadable">,
    reason: string,
    { fault, withinSecs, cause }: NoResponseFacts = {},
  ) {
    const reasons = {
      unreachable: `no connection (${reason})`,
      redirected: reason,
      noResponse: `no response (${reason})`,
      unreadable: reason,
    };
    const transient: Transient = {
      kind: "unavailable",
      reason: reasons[kind],
      retryAfterMillis: undefined,
      withinSecs,
    };
    super(message`${place.method} ${place.path} got no usable response from Apify: ${reason}`, {
      kind,
      effect: kind === "unreachable" || kind === "redirected" ? "none" : "unknown",
      transient: fault === undefined ? transient : undefined,
      setup: place.setup,
      cause,
    });
    this.fault = fault;
  }
}

/** Turns a 404 into `undefined`, for callers to whom "not found" is a valid result. */
export async function orUndefinedWhenMissing<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof RequestError && error.kind === "notFound") return undefined;
    throw error;
  }
}

/** The message of any thrown value, on one line. */
export function messageOf(error: unknown): Message {
  return oneLine(error instanceof Error ? error.message : String(error));
}
