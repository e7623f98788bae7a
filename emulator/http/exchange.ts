import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Answer } from "./answer";
import type { RecordedRequest } from "./recorder";

/** A request and its answer, as an interceptor gets them. */
export interface Exchange {
  readonly socket: Socket;
  readonly response: ServerResponse;
  /** Whether the connection carried an earlier request. */
  readonly connection: "new" | "reused";
  /** Aborted when the client disconnects, and when the answer is complete. */
  readonly disconnected: AbortSignal;
  /** Carries out the request and returns the answer without sending it. */
  readonly serve: () => Promise<Answer>;
  /** Sends the status and the headers, with the length of the whole body. */
  readonly begin: (answer: Answer) => void;
  /** Sends an answer, unless the client has disconnected. */
  readonly send: (answer: Answer) => void;
}

/** `pass`: the emulator handles the request. `handled`: the interceptor did. */
export type InterceptorResult = "pass" | "handled";

/**
 * Called for each request after it was read and before it is routed. On `handled` the emulator sends
 * nothing, because the interceptor has answered or closed the connection.
 */
export type Interceptor = (
  request: RecordedRequest,
  exchange: Exchange,
) => InterceptorResult | Promise<InterceptorResult>;
