import { ApifyError, messageOf, RequestError } from "../apify/errors";
import { lines, message, sentences } from "../apify/message";
import { remedyOf } from "../apify/remedy";
import { isAccepted } from "./status";
import type { Message } from "../apify/message";
import type { RunShort } from "../apify/schemas/run";
import type { StartOptions, StartOutcome } from "../apify/startTaskRun";
import type { Reconciliation } from "./reconcile";

type Task = Pick<StartOptions, "actorTaskId" | "build">;
type Refused = Extract<StartOutcome, { outcome: "refused" }>;

/** The deployment was stopped in time. */
export const interrupted = message`The deployment was interrupted; nothing was started.`;

/** The deployment was stopped while Apify still refused. */
export function interruptedRefusal({ error }: Refused): Message {
  return sentences(interrupted, error.message);
}

/** There was no look, so there is no start. */
export function lookFailed(error: unknown, task: Task): Message {
  if (error instanceof ApifyError && isFinal(error)) return nothingStarted(error, task);
  return lines(
    message`Nothing was started, because it could not be seen whether the run is there already. ${messageOf(error)}`,
    remedyOfStart(error, task),
  );
}

/** A start would have been answered the same. */
function isFinal({ status }: ApifyError): boolean {
  return status < 500 && status !== 408 && status !== 429;
}

function nothingStarted(error: RequestError, task: Task): Message {
  return lines(message`Nothing was started. ${error.message}`, remedyOfStart(error, task));
}

/** Apify refused the start for good, or for as long as was waited. */
export function refusal({ error, obstacle }: Refused, task: Task, startWaitSecs: number): Message {
  if (obstacle?.kind !== "capacity" && obstacle?.kind !== "rate")
    return nothingStarted(error, task);
  return lines(
    message`Nothing was started, although it was tried for up to ${startWaitSecs} s (startWaitSecs). ${error.message}`,
    message`Let other runs end, or raise startWaitSecs or the account's limits, and run \`pulumi up\` again.`,
  );
}

/** Nobody can say whether there is a run. */
export function ambiguous(
  error: RequestError,
  { actorTaskId }: Task,
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

/** What to do about a refusal: what is peculiar to a start, or else what helps with any request. */
function remedyOfStart(error: unknown, { actorTaskId, build }: Task): Message {
  if (error instanceof ApifyError) {
    if (error.status === 404) {
      const form = actorTaskId.includes("~")
        ? message``
        : message`The name of a task of your own is written "~${actorTaskId}".`;
      return sentences(
        message`Check actorTaskId "${actorTaskId}", and that the account of ${error.tokenFrom} can see this task.`,
        form,
      );
    }
    if (error.type === "unknown-build-tag" || error.type === "build-not-found") {
      return message`Check build "${build ?? "(the task's own)"}": the Actor has no such build.`;
    }
    if (error.type === "insufficient-permissions") {
      return message`The token needs Run on the task's Actor and Read on the task.`;
    }
  }
  return error instanceof RequestError ? remedyOf(error) : message``;
}
