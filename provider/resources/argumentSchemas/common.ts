import { z } from "zod";

/** A boolean. */
export const flag = z.boolean({ error: "must be true or false" });

/** A duration. */
export const seconds = z
  .number({ error: "must be a number of seconds" })
  .min(0, { error: "must be 0 or more seconds" });

/** The error of an object schema. It leaves unknown properties to `validate`, which reports each one separately. */
export function unexpectedProperty(
  otherwise: string,
): (issue: { code?: string }) => string | undefined {
  return (issue) => (issue.code === "unrecognized_keys" ? undefined : otherwise);
}

/** The name of an entry in `apify:accounts`. */
export const account = z
  .string({ error: "must be the name of an account in apify:accounts" })
  .min(1, {
    error: "must be the name of an account in apify:accounts; omit it to use apify:token",
  })
  .optional();
