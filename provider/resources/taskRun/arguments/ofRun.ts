import { z } from "zod";
import { isTooDeep, tooDeep } from "../../nesting";
import { flag, seconds } from "./row";
import { webhookSchema } from "./webhook";
import type { ArgumentRow } from "./row";

/** Apify refuses larger inputs: https://docs.apify.com/api/v2/actor-task-runs-post (413). */
const maxInputBytes = 9_437_184;

const memorySizes = [128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768];

const taskIdPattern = /^([A-Za-z0-9]+|[A-Za-z0-9._-]*[~/][A-Za-z0-9._-]+)$/;

const taskIdForm = 'the id of a task, or "username~task-name", for example "janedoe~my-task"';

const inputSchema = z
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

const noLimit = "leave it out to have no limit but the task's own";
const ofTask = "the task's own";

/** The arguments that Apify is given when a run starts. */
export const argumentsOfRun = {
  actorTaskId: {
    schema: z
      .string({ error: `is required: ${taskIdForm}` })
      .regex(taskIdPattern, { error: `must be ${taskIdForm}` }),
    kind: "string",
    type: "string",
    default: undefined,
    change: "reruns",
    description:
      "The task to run: its id, `username~name`, or `~name` for the token's own account; `username/name` works too",
  },
  input: {
    schema: inputSchema.optional(),
    kind: "object",
    type: "JSON object, up to 9,437,184 bytes",
    default: "the task's saved input",
    change: "reruns",
    description:
      "Input of the run: each top-level property overrides that of the task's saved input. The order of keys does not count as a change",
  },
  build: {
    schema: z
      .string({ error: 'must be a build tag or number in quotes, such as "latest" or "0.1.3"' })
      .min(1, { error: 'must be a build tag or number, such as "latest" or "0.1.3"' })
      .optional(),
    kind: "string",
    type: "string",
    default: ofTask,
    change: "reruns",
    description: "Tag (`latest`) or number (`0.1.3`) of the Actor's build",
  },
  timeoutSecs: {
    schema: seconds
      .int({ error: "must be a whole number of seconds; 0 means no time-out" })
      .optional(),
    kind: "number",
    type: "whole number ≥ 0",
    default: ofTask,
    change: "nextRun",
    description: "Seconds after which Apify stops the run; 0 for no time-out",
  },
  memoryMbytes: {
    schema: z
      .literal(memorySizes, {
        error: `must be a power of 2 from 128 to 32768 megabytes: ${memorySizes.join(", ")}`,
      })
      .optional(),
    kind: "number",
    type: "power of 2 from 128 to 32768",
    default: ofTask,
    change: "nextRun",
    description: "Memory of the run in megabytes",
  },
  maxItems: {
    schema: z
      .int({ error: `must be a whole number of items, 1 or more; ${noLimit}` })
      .min(1, { error: `must be 1 or more items; ${noLimit}` })
      .optional(),
    kind: "number",
    type: "whole number ≥ 1",
    default: ofTask,
    change: "reruns",
    description: "Maximum number of charged dataset items, for Actors that are paid per result",
  },
  maxTotalChargeUsd: {
    schema: z
      .number({ error: `must be a number of US dollars; ${noLimit}` })
      .positive({ error: `must be more than 0 US dollars; ${noLimit}` })
      .optional(),
    kind: "number",
    type: "number > 0",
    default: ofTask,
    change: "reruns",
    description: "Maximum cost of the run in US dollars",
  },
  restartOnError: {
    schema: flag.optional(),
    kind: "boolean",
    type: "boolean",
    default: ofTask,
    change: "nextRun",
    description: "Whether Apify restarts the run when its process fails",
  },
  webhooks: {
    schema: z.array(webhookSchema, { error: "must be a list of webhooks" }).optional(),
    kind: "list",
    type: "list of webhooks",
    default: "none",
    change: "nextRun",
    description: "Webhooks for this run only",
  },
} as const satisfies Readonly<Record<string, ArgumentRow>>;

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
