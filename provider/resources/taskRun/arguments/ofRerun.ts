import { z } from "zod";
import { isTooDeep, tooDeep } from "../../nesting";
import { flag, seconds } from "./row";
import { cronSchema, timeZoneSchema } from "./schedule";
import type { ArgumentRow } from "./row";

/** The arguments that say which run is wanted, and when another one is. */
export const argumentsOfRerun = {
  triggers: {
    schema: z
      .array(z.unknown(), { error: "must be a list; a change of any value in it reruns" })
      .refine((values) => !isTooDeep(values), { error: tooDeep })
      .optional(),
    kind: "list",
    type: "list of any values",
    default: "none",
    change: "reruns",
    description: "Values of your own: a change of any of them starts another run",
  },
  idempotencyKey: {
    schema: z
      .string({ error: "must be a string" })
      .min(1, { error: "must not be empty; leave it out to have none" })
      .optional(),
    kind: "string",
    type: "string",
    default: "none: no run is shared",
    change: "reruns",
    description:
      "A key of your own, such as a commit: identical requests with this key share one run",
  },
  adoptRunId: {
    schema: z
      .string({ error: "must be the id of a run" })
      .regex(/^[A-Za-z0-9]+$/, {
        error:
          "must be the id of a run, letters and digits only: the last part of its link in Apify Console",
      })
      .optional(),
    kind: "string",
    type: "id of a run of this task",
    default: "none",
    change: "takesOver",
    description:
      "An existing run to take over instead of starting one; it stands in for `pulumi import`. Removing it later changes nothing",
  },
  trackBuild: {
    schema: flag.optional(),
    kind: "boolean",
    type: "boolean",
    default: "`false`",
    change: "reevaluates",
    description: "Run again when the build tag points to another build than the one that ran",
  },
  trackTask: {
    schema: flag.optional(),
    kind: "boolean",
    type: "boolean",
    default: "`false`",
    change: "reevaluates",
    description: "Run again when the saved task was edited: its Actor, input or options",
  },
  maxAgeSecs: {
    schema: seconds.optional(),
    kind: "number",
    type: "number ≥ 0",
    default: "no limit",
    change: "reevaluates",
    description: "Run again when the last good run started more than this many seconds ago",
  },
  cron: {
    schema: cronSchema.optional(),
    kind: "string",
    type: "cron pattern of five fields, or `@daily` and the like",
    default: "none",
    change: "reevaluates",
    description:
      "Run again when no good run has started since the last tick. It starts nothing by itself: something has to run `pulumi up`",
  },
  timeZone: {
    schema: timeZoneSchema.optional(),
    kind: "string",
    type: "IANA time zone",
    default: "`UTC`",
    change: "reevaluates",
    description: "The time zone of `cron`",
  },
} as const satisfies Readonly<Record<string, ArgumentRow>>;
