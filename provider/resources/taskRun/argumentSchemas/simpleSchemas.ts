import { z } from "zod";
import { isTooDeep, tooDeep } from "../../nesting";
import { seconds } from "./common";

const taskIdPattern = /^([A-Za-z0-9]+|[A-Za-z0-9._-]*[~/][A-Za-z0-9._-]+)$/;

const taskIdForm =
  'the id of a task, or "username~task-name" (for a task of your own also "~task-name"), for example "janedoe~my-task"';

const memorySizes = [128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768];

const noLimit = "omit it to use the task's own limit, if it has one";

const endStatus = z.enum(["SUCCEEDED", "FAILED", "TIMED-OUT", "ABORTED"], {
  error: "must be a final status of a run: SUCCEEDED, FAILED, TIMED-OUT or ABORTED",
});

/** The simpleSchemas of the arguments that do not have a file of their own. */
export const simpleSchemas = {
  actorTaskId: z
    .string({ error: `is required: ${taskIdForm}` })
    .regex(taskIdPattern, { error: `must be ${taskIdForm}` }),
  build: z
    .string({ error: 'must be a build tag or number in quotes, such as "latest" or "0.1.3"' })
    .min(1, { error: 'must be a build tag or number, such as "latest" or "0.1.3"' })
    .optional(),
  timeoutSecs: seconds
    .int({ error: "must be a whole number of seconds; 0 means no timeout" })
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
  triggers: z
    .array(z.unknown(), {
      error: "must be a list; changing any value in it runs the task again",
    })
    .refine((values) => !isTooDeep(values), { error: tooDeep })
    .optional(),
  idempotencyKey: z
    .string({ error: "must be a string" })
    .min(1, { error: "must not be empty; omit it to use no key" })
    .optional(),
  adoptRunId: z
    .string({ error: "must be the id of a run" })
    .regex(/^[A-Za-z0-9]+$/, {
      error:
        "must be the id of a run, letters and digits only: the last part of its link in Apify Console",
    })
    .optional(),
  acceptStatuses: z
    .array(endStatus, { error: 'must be a list such as ["SUCCEEDED", "ABORTED"]' })
    .min(1, { error: 'must name at least one status, such as ["SUCCEEDED"]' })
    .optional(),
  onFailure: z
    .enum(["fail", "continue"], {
      error:
        'must be "fail" (fail the deployment and keep the last good run) or "continue" (record the failed run and continue)',
    })
    .optional(),
  onDelete: z
    .enum(["abort", "keep", "purge"], {
      error:
        'must be "abort" (abort the run if it is still running, keep its data), "keep" (touch nothing) or "purge" (abort it and delete its data)',
    })
    .optional(),
  onExpired: z
    .enum(["keep", "rerun"], {
      error:
        'must be "keep" (keep the outputs of a run that Apify has deleted) or "rerun" (run the task again)',
    })
    .optional(),
  account: z
    .string({ error: "must be the name of an account in apify:accounts" })
    .min(1, {
      error: "must be the name of an account in apify:accounts; omit it to use apify:token",
    })
    .optional(),
};
