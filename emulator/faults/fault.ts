import type { Answer } from "../http/answer";

/** Whether the request is carried out (`done`), although the answer does not say so, or not (`none`). */
export type Work = "done" | "none";

/** Before the request is carried out, or after. */
export type Moment = "beforeWork" | "afterWork";

/** A fault that replaces the answer. */
export interface FaultAnswer {
  readonly kind: "answer";
  readonly work: Work;
  readonly status: number;
  /** The type of the error in Apify's envelope. */
  readonly type?: string;
  readonly message?: string;
  readonly data?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** @default Apify's error envelope of `type`, `message` and `data` */
  readonly body?: string | Buffer;
}

/**
 * What goes wrong with a request. The kinds that change or cut a body carry out the request first. If
 * the answer has no body, such as a 204, `stallBody` and `cutBody` send nothing of it.
 */
export type Fault =
  /** The connection is reset. */
  | { readonly kind: "reset"; readonly when: Moment }
  /** No answer is sent. The connection stays open until the client disconnects. */
  | { readonly kind: "stall"; readonly when: Moment }
  /** Headers and the first bytes (default: half) are sent, then nothing until the client disconnects. */
  | { readonly kind: "stallBody"; readonly bytes?: number }
  /** Headers and the first bytes (default: half) are sent, then the connection is closed. */
  | { readonly kind: "cutBody"; readonly bytes?: number }
  /** The whole body is sent in chunks, with pauses by the emulator's clock. */
  | { readonly kind: "slowBody"; readonly chunks: number; readonly pauseMillis: number }
  /** Status and headers are sent with an empty body. */
  | { readonly kind: "emptyBody" }
  /** Status and headers are sent with a body that is not JSON. */
  | { readonly kind: "notJson" }
  /** A function of the test changes the status, headers and body. */
  | {
      readonly kind: "change";
      /** Returns the answer to send in the place of this one. */
      readonly change: (answer: Answer) => Answer;
    }
  | FaultAnswer
  /** The connection is reset if it carried an earlier request; other requests pass and do not count. */
  | { readonly kind: "closeReused" };
