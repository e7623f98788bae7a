import { faultAnswers, type Endpoint, type Fault } from "../../../emulator";

/** A fault, and which of the requests for a run it meets. */
export interface Trouble {
  readonly endpoint: Extract<Endpoint, "startRun" | "getRun" | "listTaskRuns">;
  readonly fault: Fault;
}

const spoilt: readonly Fault[] = [
  { kind: "reset", when: "afterWork" },
  { kind: "cutBody" },
  { kind: "emptyBody" },
  { kind: "notJson" },
  faultAnswers.serverError("done"),
  faultAnswers.htmlPage(502, "done"),
  faultAnswers.requestTimeout("done"),
];

/** What may happen to a start that was carried out, or was refused for a moment. */
const ofStarts: readonly Fault[] = [
  ...spoilt,
  { kind: "cutBody", bytes: 0 },
  faultAnswers.htmlPage(200, "done"),
  faultAnswers.rateLimited(),
];

/** What may happen to a request that only reads. */
const ofReads: readonly Fault[] = [
  { kind: "reset", when: "beforeWork" },
  { kind: "reset", when: "afterWork" },
  { kind: "cutBody" },
  faultAnswers.serverError("none"),
  faultAnswers.htmlPage(502, "none"),
  faultAnswers.requestTimeout("none"),
  faultAnswers.rateLimited(),
];

/** Troubles after which a run is there within seconds. */
export const quickTroubles: readonly Trouble[] = [
  ...ofStarts.map((fault) => ({ endpoint: "startRun", fault }) as const),
  ...[...ofReads, { kind: "emptyBody" } as const, { kind: "notJson" } as const].map(
    (fault) => ({ endpoint: "getRun", fault }) as const,
  ),
  ...ofReads.map((fault) => ({ endpoint: "listTaskRuns", fault }) as const),
];

/** Starts that get nowhere although nobody can tell: another one follows after a minute of looking. */
export const slowTroubles: readonly Trouble[] = [
  { kind: "reset", when: "beforeWork" } as const,
  faultAnswers.serverError("none"),
  faultAnswers.htmlPage(503, "none"),
  faultAnswers.requestTimeout("none"),
].map((fault) => ({ endpoint: "startRun", fault }));
