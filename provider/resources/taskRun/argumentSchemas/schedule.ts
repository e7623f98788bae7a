import { z } from "zod";
import { messageOf } from "../../../apify/errors";
import { nextTick } from "../../../run/freshness";

const cronForm = 'must be a cron pattern of five fields, such as "0 3 * * *"';

/** A cron pattern that matches at least one time. */
export const cron = z.string({ error: cronForm }).superRefine((pattern, context) => {
  const problem = cronProblem(pattern);
  if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
});

const timeZoneForm = 'must be an IANA time zone, such as "Europe/Prague"';

/** The name of a time zone. */
export const timeZone = z.string({ error: timeZoneForm }).refine(isTimeZone, {
  error: ({ input }) => `${timeZoneForm}, but "${String(input)}" is not one`,
});

/** What is wrong with a cron pattern; `undefined` if it is valid. */
function cronProblem(pattern: string): string | undefined {
  // The library accepts a date as a pattern with one tick.
  if (/^\d{4}-/.test(pattern)) return `${cronForm}, not a date`;
  const fields = pattern.trim().split(/\s+/).length;
  if (fields !== 5 && !pattern.startsWith("@")) return `${cronForm}, but it has ${fields}`;
  try {
    if (nextTick(pattern, undefined, Date.UTC(2026, 0, 1)) !== undefined) return undefined;
    return 'never matches a date, as "0 0 30 2 *" does not';
  } catch (error) {
    const reason = messageOf(error).replace(/^CronPattern: /, "");
    return `${cronForm} (${reason})`;
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
