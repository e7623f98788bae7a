import { adviceOn } from "../apify/advice";
import { ApifyError, messageOf, RequestError } from "../apify/errors";
import { lines, message, sentences } from "../apify/message";
import { isAccepted } from "./status";
import type { StartPurpose } from "../apify/adviceBySubject";
import type { Message } from "../apify/message";
import type { RunShort } from "../apify/schemas/run";
import type { TaskStartOptions } from "../apify/endpoints/startTaskRun";
import type { Reconciliation } from "./reconcile";
import type { SendOutcome } from "./sendUntilAccepted";

type Start = Pick<TaskStartOptions, "actorTaskId" | "build" | "maxItems" | "maxTotalChargeUsd">;
type Refused = Extract<SendOutcome, { outcome: "refused" }>;

/** The deployment was stopped before anything was sent. */
export const interrupted = message`The deployment was interrupted; nothing was started.`;

/** The deployment was stopped while Apify still refused the start. */
export function interruptedRefusal({ error }: Pick<Refused, "error">): Message {
  return sentences(interrupted, error.message);
}

/** The search for an existing run failed, so nothing was started. */
export function searchFailed(error: unknown, start: Start): Message {
  const advice = adviceOnStart(error, "listRuns", start);
  // Apify would have answered a start the same way.
  if (error instanceof ApifyError && !error.transient) {
    return lines(message`Nothing was started. ${error.message}`, advice);
  }
  return lines(
    message`Nothing was started, because pulumi-apify could not check whether this run already exists. ${messageOf(error)}`,
    advice,
  );
}

/** Apify refused the start for good, or until the time for it was up. */
export function refusal({ error, tried }: Refused, start: Start): Message {
  const advice = adviceOnStart(error, "start", start);
  const { transient } = error;
  if (transient === undefined) {
    return lines(message`Nothing was started. ${error.message}`, advice);
  }
  const { attempts, secs, limitSecs } = tried;
  const times = attempts === 1 ? message`once` : message`${attempts} times in ${secs} s`;
  if (transient.kind === "unavailable") {
    return lines(
      message`Nothing was started. ${error.message}`,
      message`pulumi-apify tried ${times}.`,
      advice,
    );
  }
  const retryAfterSecs = Math.ceil((transient.retryAfterMillis ?? 0) / 1000);
  if (retryAfterSecs === 0 || retryAfterSecs < limitSecs - secs) {
    const first = message`Nothing was started within ${limitSecs} s (\`startWaitSecs\`). ${error.message}`;
    return lines(first, advice);
  }
  return lines(
    message`Nothing was started. ${error.message}`,
    message`pulumi-apify tried ${times}. Apify then asked it to wait ${retryAfterSecs} s, which is longer than what is left of \`startWaitSecs\` (${limitSecs} s).`,
    Number.isFinite(retryAfterSecs)
      ? message`Raise \`startWaitSecs\` to ${secs + retryAfterSecs + 60} or more.`
      : undefined,
    advice,
  );
}

/** It is not known whether a run was started. */
export function unknownStart(
  error: RequestError,
  { actorTaskId }: Pick<Start, "actorTaskId">,
  key: string,
  search: Exclude<Reconciliation, { outcome: "found" }>,
): Message {
  return lines(
    message`A run of task ${actorTaskId} may have been started: the start request was sent, but ${error.message}`,
    search.outcome === "notStarted"
      ? message`No run appeared within a minute, so pulumi-apify sent the request again. The response to that was lost too, and again no run appeared.`
      : message`Could not check whether the run exists: ${search.reason}`,
    message`Before you run \`pulumi up\` again, look in Apify Console for a run of this task that has ended and whose meta.userAgent contains "run-key ${key}". If there is one, set \`adoptRunId\` to its id, because \`pulumi up\` may otherwise run the task again. A run that is still running is found by \`pulumi up\` itself, which waits for it.`,
  );
}

/**
 * A run for the same intent is not reused, although possibly no state records it. It may also be the run that
 * `pulumi up --replace` replaces, which the engine does not name, or belong to a deleted resource.
 */
export function notReusedLine(run: RunShort): Message {
  const started = run.startedAt ? message`at ${run.startedAt}` : message`earlier`;
  const first = message`Run ${run.id} was started ${started} with the same arguments, and ended with status ${run.status}.`;
  if (!isAccepted(run.status)) return sentences(first, message`Starting another run.`);
  return sentences(
    first,
    message`Starting another run, because an earlier deployment may have used that one already, or its data may be too old.`,
    message`To use it instead, set \`adoptRunId\` to "${run.id}" before the next \`pulumi up\`.`,
  );
}

function adviceOnStart(error: unknown, what: StartPurpose["what"], start: Start): Message {
  return error instanceof RequestError ? adviceOn(error, { what, ...start }) : message``;
}
