import { adviceOn } from "../apify/advice";
import { ApifyError, messageOf, RequestError } from "../apify/errors";
import { lines, message, sentences } from "../apify/message";
import { isAccepted } from "./status";
import type { StartPurpose } from "../apify/errorAdvice";
import type { Message } from "../apify/message";
import type { RunShort } from "../apify/schemas/run";
import type { StartOptions } from "../apify/startTaskRun";
import type { Reconciliation } from "./reconcile";
import type { SendOutcome } from "./startWhenAccepted";

type Start = Pick<StartOptions, "actorTaskId" | "build" | "maxItems" | "maxTotalChargeUsd">;
type Refused = Extract<SendOutcome, { outcome: "refused" }>;

/** The deployment was stopped in time. */
export const interrupted = message`The deployment was interrupted; nothing was started.`;

/** The deployment was stopped while Apify still refused. */
export function interruptedRefusal({ error }: Pick<Refused, "error">): Message {
  return sentences(interrupted, error.message);
}

/** There was no look, so there is no start. */
export function lookFailed(error: unknown, start: Start): Message {
  const advice = adviceOnStart(error, "look", start);
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
  if (transient.kind === "trouble") {
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
      ? message`It was sent once more after a minute without a sign of the run, with the same result.`
      : message`Whether the run is there could not be seen: ${looked.reason}`,
    message`Such a run has "run-key ${key}" in its meta.userAgent. The next \`pulumi up\` looks for it first, and takes it over while it is going on. If it has ended by then, adoptRunId takes it over.`,
  );
}

/**
 * A run of the same intent that nobody may know of. It may also be the very run that the user replaces
 * (`pulumi up --replace`), of which the engine tells nothing, or one that was destroyed on purpose.
 */
export function passedOverLine(run: RunShort): Message {
  const started = run.startedAt ? message`, started at ${run.startedAt},` : "";
  const choice = isAccepted(run.status)
    ? message`An earlier run is reused only with adoptRunId "${run.id}".`
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
