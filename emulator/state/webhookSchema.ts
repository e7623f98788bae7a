import { z } from "zod";
import { runEvents } from "./webhook";

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
export const webhookSchema = z.object({
  eventTypes,
  requestUrl: z.string().refine(isHttpUrl, "Webhook URL must be a valid URL."),
  payloadTemplate: z.string().nullish(),
  headersTemplate: z.string().nullish(),
  shouldInterpolateStrings: z.boolean().nullish(),
  idempotencyKey: z.string().nullish(),
  ignoreSslErrors: z.boolean().nullish(),
  doNotRetry: z.boolean().nullish(),
});

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
