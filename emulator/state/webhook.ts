/** https://docs.apify.com/platform/integrations/webhooks/events */
export const runEvents = [
  "ACTOR.RUN.CREATED",
  "ACTOR.RUN.SUCCEEDED",
  "ACTOR.RUN.FAILED",
  "ACTOR.RUN.ABORTED",
  "ACTOR.RUN.TIMED_OUT",
  "ACTOR.RUN.RESURRECTED",
] as const;

/** An event of a run that triggers webhooks. */
export type RunEvent = (typeof runEvents)[number];

/** A webhook for one run. */
export interface AdHocWebhook {
  readonly eventTypes: readonly string[];
  readonly requestUrl: string;
  readonly payloadTemplate?: string | null | undefined;
  readonly headersTemplate?: string | null | undefined;
  readonly shouldInterpolateStrings?: boolean | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
  readonly ignoreSslErrors?: boolean | null | undefined;
  readonly doNotRetry?: boolean | null | undefined;
}

/** One attempt to deliver a webhook. */
export interface WebhookCall {
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly errorMessage: string | null;
  readonly responseStatus: number | null;
  /** Its beginning. */
  readonly responseBody: string | null;
}

/** The delivery of a webhook for one event. */
export interface WebhookDispatch {
  readonly id: string;
  readonly requestUrl: string;
  readonly eventType: RunEvent;
  readonly createdAt: string;
  status: "ACTIVE" | "SUCCEEDED" | "FAILED";
  readonly calls: WebhookCall[];
}

/** A dispatch, and what the emulator needs to go on with it. */
export interface Delivery {
  readonly dispatch: WebhookDispatch;
  /** Undefined once the dispatch has succeeded or failed. */
  pending: PendingDelivery | undefined;
}

/** What is sent, and when. */
export interface PendingDelivery {
  readonly webhook: AdHocWebhook;
  /** The headers of its template, filled in. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Epoch milliseconds. */
  readonly nextAttemptAt: number;
}
