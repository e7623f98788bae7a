import { ApifyError, ApifyNoAnswerError, messageOf } from "../apify/errors";
import { remedyOf } from "../apify/remedy";
import { isAccepted } from "./status";
import type { RunShort } from "../apify/schemas/run";
import type { StartOptions, StartOutcome } from "../apify/startTaskRun";
import type { Reconciliation } from "./reconcile";

type Task = Pick<StartOptions, "actorTaskId" | "build">;
type Refused = Extract<StartOutcome, { outcome: "refused" }>;
type Cause = ApifyError | ApifyNoAnswerError;

/** The deployment was stopped in time. */
export const interrupted = "The deployment was interrupted; nothing was started.";

/** The deployment was stopped while Apify still refused. */
export function interruptedRefusal({ error }: Refused): string {
  return `${interrupted} ${error.message}`;
}

/** There was no look, so there is no start. */
export function lookFailed(error: unknown, task: Task): string {
  if (error instanceof ApifyError && isFinal(error)) return nothingStarted(error, task);
  return [
    "Nothing was started, because it could not be seen whether the run is there already.",
    `${messageOf(error)}\n${remedyOfStart(error, task)}`.trimEnd(),
  ].join(" ");
}

/** A start would have been answered the same. */
function isFinal({ status }: ApifyError): boolean {
  return status < 500 && status !== 408 && status !== 429;
}

function nothingStarted(error: Cause, task: Task): string {
  return `Nothing was started. ${error.message}\n${remedyOfStart(error, task)}`.trimEnd();
}

/** Apify refused the start for good, or for as long as was waited. */
export function refusal({ error, obstacle }: Refused, task: Task, startWaitSecs: number): string {
  if (obstacle?.kind !== "capacity" && obstacle?.kind !== "rate")
    return nothingStarted(error, task);
  return [
    `Nothing was started, although it was tried for up to ${startWaitSecs} s (startWaitSecs). ${error.message}`,
    "Let other runs end, or raise startWaitSecs or the account's limits, and run `pulumi up` again.",
  ].join("\n");
}

/** Nobody can say whether there is a run. */
export function ambiguous(
  error: Cause,
  { actorTaskId }: Task,
  key: string,
  looked: Exclude<Reconciliation, { outcome: "found" }>,
): string {
  return [
    `It is not known whether a run of task ${actorTaskId} was started: the start request was sent, and ${error.message}`,
    looked.outcome === "notStarted"
      ? "It was sent once more after a minute without a sign of the run, with the same result."
      : `Whether the run is there could not be seen: ${looked.reason}`,
    `Such a run has "run-key ${key}" in its meta.userAgent. The next \`pulumi up\` looks for it first, and takes it over while it is going on. If it has ended by then, adoptRunId takes it over.`,
  ].join("\n");
}

/** A run of the same intent that nobody may know of, and why it is not the one. */
export function passedOverLine(run: RunShort): string {
  const started = run.startedAt ? `, started at ${run.startedAt},` : "";
  const choice = isAccepted(run.status)
    ? ` It is not taken over, since it may have been recorded and removed before; with adoptRunId "${run.id}" it would be.`
    : "";
  return `Run ${run.id}${started} was for this same resource and arguments, and is ${run.status}.${choice} Starting another.`;
}

/** What to do about a refusal: what is peculiar to a start, or else what helps with any request. */
function remedyOfStart(error: unknown, { actorTaskId, build }: Task): string {
  if (error instanceof ApifyError) {
    if (error.status === 404) {
      const form = actorTaskId.includes("~")
        ? ""
        : ` The name of a task of your own is written "~${actorTaskId}".`;
      return `Check actorTaskId "${actorTaskId}", and that the account of ${error.tokenFrom} can see this task.${form}`;
    }
    if (error.type === "unknown-build-tag" || error.type === "build-not-found") {
      return `Check build "${build ?? "(the task's own)"}": the Actor has no such build.`;
    }
    if (error.type === "insufficient-permissions") {
      return "The token needs Run on the task's Actor and Read on the task.";
    }
  }
  return error instanceof ApifyError || error instanceof ApifyNoAnswerError ? remedyOf(error) : "";
}
