import { z } from "zod";
import { flag, seconds } from "./row";
import type { ArgumentRow } from "./row";

const terminalStatus = z.enum(["SUCCEEDED", "FAILED", "TIMED-OUT", "ABORTED"], {
  error: "must be a status that a run ends with: SUCCEEDED, FAILED, TIMED-OUT or ABORTED",
});

/** The arguments that say how a deployment treats its run: what is good, how long to wait, what to delete. */
export const argumentsOfDeployment = {
  acceptStatuses: {
    schema: z
      .array(terminalStatus, { error: 'must be a list such as ["SUCCEEDED", "ABORTED"]' })
      .min(1, { error: 'must name at least one status, such as ["SUCCEEDED"]' })
      .optional(),
    kind: "list",
    type: "list of `SUCCEEDED`, `FAILED`, `TIMED-OUT`, `ABORTED`",
    default: '`["SUCCEEDED"]`',
    change: "reevaluates",
    description: "The statuses with which a run counts as good",
  },
  onFailure: {
    schema: z
      .enum(["fail", "continue"], {
        error:
          'must be "fail" (keep the last good run and fail the deployment) or "continue" (record the failed run and go on)',
      })
      .optional(),
    kind: "string",
    type: '`"fail"` or `"continue"`',
    default: '`"fail"`',
    change: "nothing",
    description:
      "What to do when a run is not good: fail the deployment and keep the last good run, or record the failed run and let dependents see its `status`",
  },
  waitSecs: {
    schema: seconds.optional(),
    kind: "number",
    type: "number ≥ 0",
    default: "until the run ends",
    change: "nothing",
    description:
      "Maximum number of seconds to wait for the run; 0 to not wait. If the run is still running, the next `pulumi up` resumes the wait",
  },
  startWaitSecs: {
    schema: seconds.optional(),
    kind: "number",
    type: "number ≥ 0",
    default: "300",
    change: "nothing",
    description:
      "Maximum number of seconds to wait before the start for the account's memory, concurrent runs and rate limit",
  },
  showLog: {
    schema: flag.optional(),
    kind: "boolean",
    type: "boolean",
    default: "`false`",
    change: "nothing",
    description: "Whether to show what the run logs while the deployment waits for it",
  },
  onDelete: {
    schema: z
      .enum(["abort", "keep", "purge"], {
        error:
          'must be "abort" (stop the run if it is still running, keep its data), "keep" (touch nothing) or "purge" (stop it and delete its data)',
      })
      .optional(),
    kind: "string",
    type: '`"abort"`, `"keep"` or `"purge"`',
    default: '`"abort"`',
    change: "stored",
    description:
      "What deleting or replacing the resource does to its run: stop it if it is still running and leave its data; nothing; or stop it and delete it with its default dataset, key-value store and request queue",
  },
  onExpired: {
    schema: z
      .enum(["keep", "rerun"], {
        error:
          'must be "keep" (keep the outputs of a run that Apify has deleted) or "rerun" (run the task again then)',
      })
      .optional(),
    kind: "string",
    type: '`"keep"` or `"rerun"`',
    default: '`"keep"`',
    change: "stored",
    description:
      "What to do once `pulumi refresh` finds that Apify has deleted the run: keep the outputs and set `expired`, or run the task again",
  },
  account: {
    schema: z
      .string({ error: "must be the name of an entry of apify:accounts" })
      .min(1, {
        error: "must be the name of an entry of apify:accounts; leave it out for apify:token",
      })
      .optional(),
    kind: "string",
    type: "name of an entry of `apify:accounts`",
    default: "the account of `apify:token`",
    change: "stored",
    description: "The account whose token is used",
  },
} as const satisfies Readonly<Record<string, ArgumentRow>>;
