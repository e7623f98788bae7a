import { z } from "zod";

/**
 * What a change of an argument does:
 * - `reruns`: starts another run.
 * - `takesOver`: takes over the run that the new value names.
 * - `reevaluates`: compares the last run with the new value, and starts another run if it does not satisfy it.
 * - `nextRun`: starts no run, and takes effect at the next one.
 * - `stored`: starts no run; the value is stored, because a later refresh or delete reads it from the state.
 * - `nothing`: starts no run, and stores nothing but the argument itself.
 */
export type ChangeEffect =
  "reruns" | "takesOver" | "reevaluates" | "nextRun" | "stored" | "nothing";

/** What kind of value an argument has, as far as every version of this package can rely on it. */
export type Kind = "string" | "number" | "boolean" | "list" | "object";

/** An argument: its shape, what a change of it does, and the words for its documentation (Markdown). */
export interface ArgumentRow {
  readonly schema: z.ZodType;
  readonly kind: Kind;
  /** Which values it takes. */
  readonly type: string;
  /** What leaving it out means; `undefined` if it is required. */
  readonly default: string | undefined;
  readonly change: ChangeEffect;
  readonly description: string;
}

/** A boolean. */
export const flag = z.boolean({ error: "must be true or false" });

/** A duration. */
export const seconds = z
  .number({ error: "must be a number of seconds" })
  .min(0, { error: "must be 0 or more seconds" });

/** The error of an object, which leaves unknown properties to `validate`: it makes one problem of each. */
export function unexpectedProperty(
  otherwise: string,
): (issue: { code?: string }) => string | undefined {
  return (issue) => (issue.code === "unrecognized_keys" ? undefined : otherwise);
}
