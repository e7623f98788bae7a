import { adviceOn } from "../apify/advice";
import { ApifyError, messageOf, RequestError } from "../apify/errors";
import { lines, message, sentences } from "../apify/message";
import { isAccepted } from "./status";
import type { StartPurpose } from "../apify/errorAdvice";
import type { Message } from "../apify/message";
import type { RunShort } from "../apify/schemas/run";
import type { TaskStartOptions } from "../apify/startTaskRun";
import type { Reconciliation } from "./reconcile";
import type { SendOutcome } from "./sendUntilAccepted";

type Start = Pick<TaskStartOptions, "actorTaskId" | "build" | "maxItems" | "maxTotalChargeUsd">;
type Refused = Extract<SendOutcome, { outcome: "refused" }>;

/** The deployment was stopped in time. */
export const interrupted = message`The deployment was interrupted; nothing was started.`;

/** The deployment was stopped while Apify still refused. */
export function interruptedRefusal({ error }: Pick<Refused, "error">): Message {
  return sentences(interrupted, error.message);
}

/** There was no look, so there is no start. */
export function lookFailed(error: unknown, start: Start): Message {
  const advice = adviceOnStart(error, "listRuns", start);
  // A start would have been answered the same.
  if (error instanceof ApifyError && error.transient === undefined) {
    return lines(message`Nothing was started. ${error.message}`, advice);
  }
  return lines(
    message`Nothing was started: could not check whether this run already exists. ${messageOf(error)}`,
    advice,
  );
}

/** Apify refused the start for good, or for as long as was waited. */
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
  const asked = Math.ceil((transient.retryAfterMillis ?? 0) / 1000);
  if (asked === 0 || asked < limitSecs - secs) {
    const first = message`Nothing was started, although it was tried for up to ${limitSecs} s (startWaitSecs). ${error.message}`;
    return lines(first, advice);
  }
  return lines(
    message`Nothing was started. ${error.message}`,
    message`It was tried ${times}: Apify asks to wait ${asked} s before the next attempt, longer than what is left of startWaitSecs (${limitSecs} s).`,
    Number.isFinite(asked)
      ? message`Raise startWaitSecs to ${secs + asked + 60} or more.`
      : undefined,
    advice,
  );
}

/** Nobody can say whether there is a run. */
export function ambiguous(
  error: RequestError,
  { actorTaskId }: Pick<Start, "actorTaskId">,
  key: string,
  looked: Exclude<Reconciliation, { outcome: "found" }>,
): Message {
  return lines(
    message`It is not known whether a run of task ${actorTaskId} was started: the start request was sent, and ${error.message}`,
    looked.outcome === "notStarted"
      ? message`No run appeared within a minute, so the request was sent once more, and got no answer either.`
      : message`Could not check whether the run is there: ${looked.reason}`,
    message`Such a run has "run-key ${key}" in its meta.userAgent. Run \`pulumi up\` again: it looks for that run first, and waits for it if it is still running. If it has ended, look for it in Apify Console and set adoptRunId to its id, or the task runs again.`,
  );
}

/**
 * A run of the same intent that nobody may know of. It may also be the very run that the user replaces
 * (`pulumi up --replace`), of which the engine tells nothing, or one that was destroyed on purpose.
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
