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
    message`Nothing was started: could not check whether this run already exists. ${messageOf(error)}`,
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
      message`It was tried ${times}.`,
      advice,
    );
  }
  const retryAfterSecs = Math.ceil((transient.retryAfterMillis ?? 0) / 1000);
  if (retryAfterSecs === 0 || retryAfterSecs < limitSecs - secs) {
    const first = message`Nothing was started after trying for up to ${limitSecs} s (startWaitSecs). ${error.message}`;
    return lines(first, advice);
  }
  return lines(
    message`Nothing was started. ${error.message}`,
    message`It was tried ${times}: Apify requested a pause of ${retryAfterSecs} s, longer than what is left of startWaitSecs (${limitSecs} s).`,
    Number.isFinite(retryAfterSecs)
      ? message`Raise startWaitSecs to ${secs + retryAfterSecs + 60} or more.`
      : undefined,
    advice,
  );
}

/** Nobody knows whether there is a run. */
export function ambiguous(
  error: RequestError,
  { actorTaskId }: Pick<Start, "actorTaskId">,
  key: string,
  search: Exclude<Reconciliation, { outcome: "found" }>,
): Message {
  return lines(
    message`It is not known whether a run of task ${actorTaskId} was started: the start request was sent, and ${error.message}`,
    search.outcome === "notStarted"
      ? message`No run appeared within a minute, so the request was sent again, and that got no answer either.`
      : message`Could not check whether the run exists: ${search.reason}`,
    message`Run \`pulumi up\` again: it searches for that run first, and waits for it if it is still running. If it has ended, find it in Apify Console and set adoptRunId to its id; otherwise the task runs again. The run's meta.userAgent contains "run-key ${key}".`,
  );
}

/**
 * A run for the same intent that is not reused, although no state may have it. It may also be the run that
 * `pulumi up --replace` replaces, which the engine does not name, or belong to a deleted resource.
 */
export function notReusedLine(run: RunShort): Message {
  const started = run.startedAt ? message`, started at ${run.startedAt},` : "";
  const choice = isAccepted(run.status)
    ? message`To use that run instead, set adoptRunId "${run.id}" before the next \`pulumi up\`.`
    : message``;
  return sentences(
    message`Run ${run.id}${started} was for this same resource and arguments, and is ${run.status}.`,
    choice,
    message`Starting another.`,
  );
}

function adviceOnStart(error: unknown, what: StartPurpose["what"], start: Start): Message {
  return error instanceof RequestError ? adviceOn(error, { what, ...start }) : message``;
}
