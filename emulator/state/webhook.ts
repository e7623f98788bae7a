import { z } from "zod";

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

const buildEvents = runEvents
  .filter((event) => event !== "ACTOR.RUN.RESURRECTED")
  .map((event) => event.replace("RUN", "BUILD"));

const eventTypes = z
  .array(
    z.string().refine((event) => [...runEvents, ...buildEvents, "TEST"].includes(event), {
      error: ({ input }) => `${String(input)} is not an allowed value`,
    }),
  )
  .min(1, "You must specify at least 1 values");

/** A webhook for one run, as the query of the request that starts the run contains it. */
export const adHocWebhook = z.object({
  eventTypes,
  requestUrl: z.string().refine(isHttpUrl, "Webhook URL must be a valid URL."),
  payloadTemplate: z.string().nullish(),
  headersTemplate: z.string().nullish(),
  shouldInterpolateStrings: z.boolean().nullish(),
  idempotencyKey: z.string().nullish(),
  ignoreSslErrors: z.boolean().nullish(),
  doNotRetry: z.boolean().nullish(),
});

/** A webhook for one run. */
export type AdHocWebhook = z.output<typeof adHocWebhook>;

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

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
