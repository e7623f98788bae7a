import { z } from "zod";
import { flag, unexpectedProperty } from "../../argumentSchemas/common";

const eventNames = ["CREATED", "SUCCEEDED", "FAILED", "ABORTED", "TIMED_OUT", "RESURRECTED"];

const nullableText = z.string({ error: "must be a string" }).nullish();

/**
 * An ad-hoc webhook.
 * Source: https://docs.apify.com/platform/integrations/webhooks/ad-hoc-webhooks
 */
export const webhook = z.strictObject(
  {
    eventTypes: z
      .array(
        z.string().regex(/^ACTOR\.RUN\.[A-Z_]+$/, {
          error: `must be one of ${eventNames.map((event) => `ACTOR.RUN.${event}`).join(", ")}`,
        }),
        { error: 'must be a list such as ["ACTOR.RUN.SUCCEEDED"]' },
      )
      .min(1, { error: 'must name at least one event, such as ["ACTOR.RUN.SUCCEEDED"]' }),
    requestUrl: z.url({ protocol: /^https?$/, error: "must be the http(s) URL to call" }),
    payloadTemplate: nullableText,
    headersTemplate: nullableText,
    shouldInterpolateStrings: flag.nullish(),
    idempotencyKey: nullableText,
    ignoreSslErrors: flag.nullish(),
    doNotRetry: flag.nullish(),
  },
  { error: unexpectedProperty("must be a webhook: an object with eventTypes and requestUrl") },
);
