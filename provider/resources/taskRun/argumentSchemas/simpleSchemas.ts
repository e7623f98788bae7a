import { z } from "zod";
import { isTooDeep, tooDeep } from "../../nesting";
import { runOptionSchemas } from "../../argumentSchemas/runOptions";

const taskIdPattern = /^([A-Za-z0-9]+|[A-Za-z0-9._-]*[~/][A-Za-z0-9._-]+)$/;

const taskIdForm =
  'the id of a task, or "username~task-name" (for a task of your own also "~task-name"), for example "janedoe~my-task"';

const endStatus = z.enum(["SUCCEEDED", "FAILED", "TIMED-OUT", "ABORTED"], {
  error: "must be a final status of a run: SUCCEEDED, FAILED, TIMED-OUT or ABORTED",
});

/** The schemas of the arguments that do not have a file of their own. */
export const simpleSchemas = {
  actorTaskId: z
    .string({ error: `is required: ${taskIdForm}` })
    .regex(taskIdPattern, { error: `must be ${taskIdForm}` }),
  ...runOptionSchemas("omit it to use the task's own limit, if it has one"),
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
};
