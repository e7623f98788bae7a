import { z } from "zod";

/** An id of Apify, such as `HG7ML7M8z78YcAPEB`. */
export const id = z.string().regex(/^[\w-]+$/);

/** A time in ISO 8601, as Apify writes it: UTC with milliseconds. */
export const dateTime = z.iso.datetime({ precision: 3 });

/** A count: 0 or more, and whole. */
export const count = z.number().int().min(0);

/** https://docs.apify.com/platform/actors/running/runs-and-builds#lifecycle */
export const jobStatus = z.enum([
  "READY",
  "RUNNING",
  "SUCCEEDED",
  "FAILED",
  "TIMING-OUT",
  "TIMED-OUT",
  "ABORTING",
  "ABORTED",
]);

/** What started a run or a build. */
export const origin = z.enum([
  "DEVELOPMENT",
  "WEB",
  "API",
  "SCHEDULER",
  "TEST",
  "WEBHOOK",
  "ACTOR",
  "CLI",
  "CI",
  "STANDBY",
  "MCP",
]);

/** Who else can read a run or a storage. */
export const generalAccess = z.enum([
  "ANYONE_WITH_ID_CAN_READ",
  "ANYONE_WITH_NAME_CAN_READ",
  "FOLLOW_USER_SETTING",
  "RESTRICTED",
]);

/** A build number, such as `0.1.234`. */
export const buildNumber = z.string().regex(/^\d{1,2}\.\d{1,2}\.[1-9]\d{0,4}$/);

/** `{data: …}`, around all answers except items, records, logs and a task's input. */
export function envelope(data: z.ZodType): z.ZodType {
  return z.strictObject({ data });
}

/** The fields of every list with an offset: https://docs.apify.com/api/v2#pagination */
const pageFields = {
  total: count,
  offset: count,
  limit: z.number().int().min(1),
  count,
  desc: z.boolean(),
};

/** One page of a list, in its envelope. */
export function page(item: z.ZodType, extraFields: z.ZodRawShape = {}): z.ZodType {
  const list = z
    .strictObject({ ...pageFields, ...extraFields, items: z.array(item) })
    .refine(({ items, count: counted }) => items.length === counted, {
      error: "count is not the number of items",
    });
  return envelope(list);
}

/** The envelope of every error: https://docs.apify.com/api/v2#errors */
export const errorEnvelope = z.strictObject({
  error: z.strictObject({
    type: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    message: z.string().min(1),
    data: z.record(z.string(), z.unknown()).optional(),
  }),
});
