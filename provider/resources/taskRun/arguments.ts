import { z } from "zod";
import { messageOf } from "../../apify/errors";
import { nextTick } from "../../run/freshness";
import { isTooDeep, tooDeep } from "../nesting";

/** Apify refuses larger inputs: https://docs.apify.com/api/v2/actor-task-runs-post (413). */
const maxInputBytes = 9_437_184;

const memorySizes = [128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768];

const webhookEvents = ["CREATED", "SUCCEEDED", "FAILED", "ABORTED", "TIMED_OUT", "RESURRECTED"];

const taskIdPattern = /^([A-Za-z0-9]+|[A-Za-z0-9._-]*[~/][A-Za-z0-9._-]+)$/;

const actorTaskId = z
  .string({
    error: 'is required: the id of a task, or "username~task-name", for example "janedoe~my-task"',
  })
  .regex(taskIdPattern, {
    error: 'must be the id of a task, or "username~task-name", for example "janedoe~my-task"',
  });

const input = z
  .custom<Record<string, unknown>>(isPlainObject, {
    error:
      'must be a JSON object such as { "startUrls": […] }: its properties override those of the task\'s saved input',
  })
  .superRefine((value, context) => {
    if (isTooDeep(value)) {
      context.addIssue({ code: "custom", message: tooDeep });
      return;
    }
    const bytes = Buffer.byteLength(JSON.stringify(value), "utf8");
    if (bytes <= maxInputBytes) return;
    context.addIssue({
      code: "custom",
      message: `is ${bytes} bytes of JSON, and Apify takes at most ${maxInputBytes}; put large data into a dataset or key-value store and pass its id`,
    });
  });

const seconds = z
  .number({ error: "must be a number of seconds" })
  .min(0, { error: "must be 0 or more seconds" });

const nullableText = z.string({ error: "must be a string" }).nullish();
const flag = z.boolean({ error: "must be true or false" });

const webhook = z.strictObject(
  {
    eventTypes: z
      .array(
        z.string().regex(/^ACTOR\.RUN\.[A-Z_]+$/, {
          error: `must be one of ${webhookEvents.map((event) => `ACTOR.RUN.${event}`).join(", ")}`,
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

const terminalStatus = z.enum(["SUCCEEDED", "FAILED", "TIMED-OUT", "ABORTED"], {
  error: "must be a status that a run ends with: SUCCEEDED, FAILED, TIMED-OUT or ABORTED",
});

const cronForm = 'must be a cron pattern of five fields, such as "0 3 * * *"';

const cron = z.string({ error: cronForm }).superRefine((pattern, context) => {
  const problem = cronProblem(pattern);
  if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
});

const timeZone = z
  .string({ error: 'must be an IANA time zone, such as "Europe/Prague"' })
  .refine(isTimeZone, {
    error: ({ input }) =>
      `must be an IANA time zone, such as "Europe/Prague", and "${String(input)}" is none`,
  });

const noLimit = "leave it out to have no limit but the task's own";

/** The arguments of a TaskRun: the one definition of their shape. */
export const argsSchema = z.strictObject(
  {
    actorTaskId,
    input: input.optional(),
    build: z
      .string({ error: 'must be a build tag or number in quotes, such as "latest" or "0.1.3"' })
      .min(1, { error: 'must be a build tag or number, such as "latest" or "0.1.3"' })
      .optional(),
    timeoutSecs: seconds
      .int({ error: "must be a whole number of seconds; 0 means no time-out" })
      .optional(),
    memoryMbytes: z
      .literal(memorySizes, {
        error: `must be a power of 2 from 128 to 32768 megabytes: ${memorySizes.join(", ")}`,
      })
      .optional(),
    maxItems: z
      .int({ error: `must be a whole number of items, 1 or more; ${noLimit}` })
      .min(1, { error: `must be 1 or more items; ${noLimit}` })
      .optional(),
    maxTotalChargeUsd: z
      .number({ error: `must be a number of US dollars; ${noLimit}` })
      .positive({ error: `must be more than 0 US dollars; ${noLimit}` })
      .optional(),
    restartOnError: flag.optional(),
    webhooks: z.array(webhook, { error: "must be a list of webhooks" }).optional(),
    triggers: z
      .array(z.unknown(), { error: "must be a list; a change of any value in it reruns" })
      .refine((values) => !isTooDeep(values), { error: tooDeep })
      .optional(),
    idempotencyKey: z
      .string({ error: "must be a string" })
      .min(1, { error: "must not be empty; leave it out to have none" })
      .optional(),
    adoptRunId: z
      .string({ error: "must be the id of a run" })
      .regex(/^[A-Za-z0-9]+$/, {
        error:
          "must be the id of a run, letters and digits only: the last part of its link in Apify Console",
      })
      .optional(),
    trackBuild: flag.optional(),
    trackTask: flag.optional(),
    maxAgeSecs: seconds.optional(),
    cron: cron.optional(),
    timeZone: timeZone.optional(),
    acceptStatuses: z
      .array(terminalStatus, { error: 'must be a list such as ["SUCCEEDED", "ABORTED"]' })
      .min(1, { error: 'must name at least one status, such as ["SUCCEEDED"]' })
      .optional(),
    onFailure: z
      .enum(["fail", "continue"], {
        error:
          'must be "fail" (keep the last good run and fail the deployment) or "continue" (record the failed run and go on)',
      })
      .optional(),
    waitSecs: seconds.optional(),
    startWaitSecs: seconds.optional(),
    showLog: flag.optional(),
    onDelete: z
      .enum(["abort", "keep", "purge"], {
        error:
          'must be "abort" (stop the run if it is still going, keep its data), "keep" (touch nothing) or "purge" (stop it and delete its data)',
      })
      .optional(),
    onExpired: z
      .enum(["keep", "rerun"], {
        error:
          'must be "keep" (keep the outputs of a run that Apify has deleted) or "rerun" (run the task again then)',
      })
      .optional(),
    account: z
      .string({ error: "must be the name of an entry of apify:accounts" })
      .min(1, {
        error: "must be the name of an entry of apify:accounts; leave it out for apify:token",
      })
      .optional(),
  },
  { error: unexpectedProperty("must be an object") },
);

/** The arguments of a TaskRun, checked. */
export type Args = z.infer<typeof argsSchema>;

/** The name of an argument. */
export type ArgumentName = keyof Args;

/** All argument names, for suggestions. */
export const argumentNames = Object.keys(argsSchema.shape) as readonly ArgumentName[];

/** `username/name` is how Apify Console shows a task; the API takes `username~name`. */
export function normalizeTaskId(text: string): string {
  return text.replace("/", "~");
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Leaves zod's own list of unknown keys alone, which `check` turns into one problem a key. */
function unexpectedProperty(otherwise: string): (issue: { code?: string }) => string | undefined {
  return (issue) => (issue.code === "unrecognized_keys" ? undefined : otherwise);
}

/** Why a pattern makes no ticks; `undefined` when it does. */
function cronProblem(pattern: string): string | undefined {
  // The library takes a date for a pattern of one tick.
  if (/^\d{4}-/.test(pattern)) return `${cronForm} (it is a date)`;
  const fields = pattern.trim().split(/\s+/).length;
  if (fields !== 5 && !pattern.startsWith("@")) return `${cronForm}, and this one has ${fields}`;
  try {
    if (nextTick(pattern, undefined, Date.UTC(2026, 0, 1)) !== undefined) return undefined;
    return "names a time that never comes";
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
