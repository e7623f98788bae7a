import type { Answer } from "../http/answer";

/** Whether a request is carried out although its client does not learn so. */
export type Work = "done" | "none";

/** Before what was asked is done, or after it. */
export type Moment = "beforeWork" | "afterWork";

/** An answer in place of the emulator's own. */
export interface FaultAnswer {
  readonly kind: "answer";
  readonly work: Work;
  readonly status: number;
  /** The error's type in Apify's envelope. */
  readonly type?: string;
  readonly message?: string;
  readonly data?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** @default Apify's error envelope of `type`, `message` and `data` */
  readonly body?: string | Buffer;
}

/**
 * What goes wrong with a request. The kinds that spoil a body do the work first. An answer that has
 * no body to cut or to stall, such as a 204, is kept back whole.
 */
export type Fault =
  /** The connection is reset. */
  | { readonly kind: "reset"; readonly when: Moment }
  /** No answer comes; the connection stays open until the client goes away. */
  | { readonly kind: "stall"; readonly when: Moment }
  /** Headers and the first bytes come (default: half of them), then no more until the client goes away. */
  | { readonly kind: "stallBody"; readonly bytes?: number }
  /** Headers and the first bytes come (default: half of them), then the connection ends. */
  | { readonly kind: "cutBody"; readonly bytes?: number }
  /** The whole body comes in pieces, with pauses on the emulator's clock between them. */
  | { readonly kind: "slowBody"; readonly chunks: number; readonly pauseMillis: number }
  /** Status and headers come, and an empty body. */
  | { readonly kind: "emptyBody" }
  /** Status and headers come, and a body that is not JSON. */
  | { readonly kind: "notJson" }
  /** The answer comes as a test has changed it: any status, header and body. */
  | { readonly kind: "change"; readonly change: (answer: Answer) => Answer }
  | FaultAnswer
  /** A connection that has carried a request is reset under the next one; others pass, uncounted. */
  | { readonly kind: "closeReused" };
