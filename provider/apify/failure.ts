import { faultOf } from "./connectionFault";
import { ApifyError, ApifyNoAnswerError, parseErrorBody } from "./errors";
import { retryAfterMillis } from "./classify";
import type { RequestPlace } from "./errors";
import type { HttpResult } from "./http";
import type { Redaction } from "./redaction";

/** What the error of a result depends on beside the result. */
export interface FailureOptions {
  readonly redaction: Redaction;
  /** How many attempts were made, this one included. */
  readonly attempts: number;
  /** Seconds for which a refused connection is worth another attempt. Default: as long as any other trouble. */
  readonly refusedSecs: number | undefined;
}

/** The error that a result without success amounts to. Pure. */
export function failureOf(
  place: RequestPlace,
  result: HttpResult,
  { redaction, attempts, refusedSecs }: FailureOptions,
): ApifyError | ApifyNoAnswerError {
  const tries = attempts === 1 ? "" : ` (${attempts} attempts)`;
  if (result.kind !== "response") {
    const reason = redaction.text(`${result.reason}${tries}`);
    const { code } = result;
    return new ApifyNoAnswerError(
      place,
      result.kind === "notSent" ? "unreachable" : "noAnswer",
      reason,
      {
        fault: faultOf(code, result.reason),
        withinSecs: code === "ECONNREFUSED" ? refusedSecs : undefined,
      },
    );
  }
  if (result.status >= 200 && result.status < 300) {
    const reason = result.cut ?? "the answer is not of the documented shape";
    return new ApifyNoAnswerError(place, "unreadable", redaction.text(`${reason}${tries}`), {
      fault: result.cutBy === undefined ? undefined : "size",
    });
  }
  if (result.status >= 300 && result.status < 400) {
    const target = result.headers.location ?? "another address";
    const reason = redaction.text(`it redirects (${result.status}) to ${target}`);
    return new ApifyNoAnswerError(place, "unreachable", reason, { fault: "redirects" });
  }
  const body = parseErrorBody(result.body.toString("utf8"), redaction);
  return new ApifyError(place, result.status, body, retryAfterMillis(result));
}
