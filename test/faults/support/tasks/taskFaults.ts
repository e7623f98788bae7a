import { faultAnswers } from "../../../../emulator";
import type { ErrorType, Fault } from "../../../../emulator";

const { hugeError, htmlPage, rateLimited, redirect, refusal, requestTimeout, serverError } =
  faultAnswers;

/** What the network and servers can do to a request, and what they leave open. */
const broken: readonly Fault[] = [
  { kind: "reset", when: "beforeWork" },
  { kind: "reset", when: "afterWork" },
  { kind: "stall", when: "beforeWork" },
  { kind: "stall", when: "afterWork" },
  { kind: "cutBody", bytes: 0 },
  { kind: "cutBody" },
  { kind: "stallBody" },
  { kind: "slowBody", chunks: 5, pauseMillis: 2_000 },
  { kind: "emptyBody" },
  { kind: "notJson" },
  { kind: "closeReused" },
];

const unclear: readonly Fault[] = (["none", "done"] as const).flatMap((work) => [
  serverError(work),
  requestTimeout(work),
  ...[500, 502, 503, 504, 408].map((status) => htmlPage(status, work)),
]);

const apifysRefusals: readonly ErrorType[] = [
  "schema-validation",
  "invalid-token",
  "failed-to-charge-user",
  "insufficient-permissions",
  "record-not-found",
  "actor-task-name-not-unique",
];

const refusals: readonly Fault[] = [
  ...apifysRefusals.map((type) => refusal(type)),
  ...[400, 401, 402, 403, 404, 409, 429].map((status) => htmlPage(status, "none")),
  rateLimited(),
  rateLimited("20"),
];

const foreign: readonly Fault[] = [
  redirect("http://127.0.0.1:9/elsewhere"),
  { ...redirect("http://127.0.0.1:9/elsewhere"), status: 308 },
  hugeError(100_000),
  ...["", "{}", '{"data":null}', "<html></html>"].flatMap((body) =>
    [200, 201].map((status): Fault => ({ kind: "answer", work: "none", status, body })),
  ),
];

/** Every kind of fault, by what the tests call it. */
export const taskFaults: Readonly<Record<string, readonly Fault[]>> = {
  "a connection that breaks": broken,
  "an answer that leaves open what was done": unclear,
  "a refusal": refusals,
  "an answer that is not Apify's": foreign,
};

/** A text for a fault, for messages. */
export function faultText(fault: Fault): string {
  return JSON.stringify(fault).slice(0, 160);
}
