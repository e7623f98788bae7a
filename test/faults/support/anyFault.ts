import { faultAnswers } from "../../../emulator";
import type { Fault } from "../../../emulator";
import type { Lots } from "./scenario";

/** Any fault, of every kind and with all that can be chosen about it. */
export function anyFault(lots: Lots): Fault {
  const when = lots.oneOf<"beforeWork" | "afterWork">("beforeWork", "afterWork");
  const work = lots.oneOf<"done" | "none">("done", "none");
  const bytes = lots.oneOf(0, lots.between(1, 600));
  const retryAfter = lots.oneOf<string | undefined>(
    undefined,
    "0",
    "soon",
    `${lots.between(1, 50)}`,
  );
  return lots.oneOf<Fault>(
    { kind: "reset", when },
    { kind: "reset", when },
    { kind: "stall", when },
    { kind: "stallBody", bytes },
    { kind: "cutBody", bytes },
    { kind: "slowBody", chunks: lots.between(2, 8), pauseMillis: lots.between(100, 9_000) },
    { kind: "emptyBody" },
    { kind: "notJson" },
    { kind: "closeReused" },
    faultAnswers.serverError(work),
    faultAnswers.requestTimeout(work),
    faultAnswers.htmlPage(lots.oneOf(502, 503, 504, 403), work === "done" ? "none" : work),
    faultAnswers.htmlPage(lots.oneOf(502, 503, 504), work),
    faultAnswers.rateLimited(retryAfter),
    faultAnswers.memoryLimitExceeded(),
    faultAnswers.concurrentRunsExceeded(),
    faultAnswers.redirect("http://127.0.0.1:9/elsewhere"),
    faultAnswers.hugeError(100_000),
    { ...faultAnswers.serverError("none"), status: lots.oneOf(401, 402, 403) },
    { kind: "answer", work, status: 201, body: lots.oneOf("", "{}", "<html></html>") },
  );
}
