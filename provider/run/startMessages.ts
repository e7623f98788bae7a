import { adviceOn } from "../apify/advice";
import { ApifyError, messageOf, RequestError } from "../apify/errors";
import { lines, message, sentences } from "../apify/message";
import { isAccepted } from "./status";
import type { StartPurpose } from "../apify/adviceBySubject";
import type { Message } from "../apify/message";
import type { RunShort } from "../apify/schemas/run";
import type { TaskStartOptions } from "../apify/endpoints/startTaskRun";
import type { SendOutcome } from "./sendUntilAccepted";

type Start = Pick<TaskStartOptions, "actorTaskId" | "build" | "maxItems" | "maxTotalChargeUsd">;
type Refused = Extract<SendOutcome, { outcome: "refused" }>;

/** The deployment was stopped, and no start was sent that may have been accepted. */
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

/** What followed a start whose response was lost. */
export type AfterLostStart =
  /** Apify's lists could not be read to the end of the search. */
  | { readonly next: "searchFailed"; readonly reason: string }
  /** No run appeared, and the same happened to the second start. */
  | { readonly next: "lost" }
  /** No run appeared, and the second start was refused. */
  | { readonly next: "refused"; readonly error: RequestError }
  /** No run appeared, and the deployment was stopped before a second start. */
  | { readonly next: "interrupted" };

/** It is not known whether a run was started. A minute without one is no proof: lists can be later than that. */
export function unknownStart(
  error: RequestError,
  start: Start,
  key: string,
  after: AfterLostStart,
): Message {
  return lines(
    message`A run of task ${start.actorTaskId} may have been started: the start request was sent, but ${error.message}`,
    afterLostStart(start, after),
    message`Before you run \`pulumi up\` again, look in Apify Console for a run of this task that has ended and whose meta.userAgent contains "run-key ${key}". If there is one, set \`adoptRunId\` to its id, because \`pulumi up\` may otherwise run the task again. A run that is still running is found by \`pulumi up\` itself, which waits for it.`,
  );
}

function afterLostStart(start: Start, after: AfterLostStart): Message {
  const sentAgain = message`No run appeared within a minute, so pulumi-apify sent the request again.`;
  switch (after.next) {
    case "searchFailed":
      return message`Could not check whether the run exists: ${after.reason}`;
    case "lost":
      return sentences(
        sentAgain,
        message`The response to that was lost too, and again no run appeared.`,
      );
    case "refused":
      return lines(
        sentences(sentAgain, message`That start was refused: ${after.error.message}`),
        adviceOnStart(after.error, "start", start),
      );
    case "interrupted":
      return message`No run appeared within a minute. The deployment was interrupted then, and pulumi-apify did not send the request again.`;
  }
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
