import { faultAnswers } from "../../../emulator";
import { createDraw } from "./draw";
import type { EmulatorSettings, Endpoint, Fault, Injection } from "../../../emulator";
import type { Draw } from "./draw";
import type { Program } from "./stack";

/** How a deployment is broken off. */
export interface Break {
  readonly how: "kill" | "interrupt";
  /** Virtual milliseconds after its begin. */
  readonly afterMillis: number;
}

/** A series of deployments under faults. Everything about it follows from its seed. */
export interface Scenario {
  readonly seed: number;
  readonly settings: Partial<EmulatorSettings>;
  /** What is there before anything goes wrong; empty for a first deployment. */
  readonly before: Program;
  readonly program: Program;
  readonly injections: readonly Injection[];
  /** The deployments under faults, each with how it is broken off, if it is. */
  readonly deployments: readonly (Break | undefined)[];
}

const endpoints = ["startRun", "startRun", "listTaskRuns", "getRun", "any"] as const;

/** The scenario of a seed. */
export function scenarioOf(seed: number): Scenario {
  const draw = createDraw(seed);
  const names = ["prices", "stock", "news"].slice(0, draw.between(1, 3));
  const programOf = (page: number): Program =>
    Object.fromEntries(
      names.map((name) => [name, { actorTaskId: "janedoe~quick", input: { page } }]),
    );
  return {
    seed,
    settings: {
      startDelayMillis: draw.oneOf(0, 0, 3_000),
      listLagMillis: draw.oneOf(0, 0, draw.between(0, 20_000)),
      readLagReads: draw.oneOf(0, 0, draw.between(1, 3)),
      listedMeta: draw.oneOf<"full" | "origin">("full", "full", "origin"),
      dateSkewMillis: draw.oneOf(0, 0, draw.between(-3_600_000, 3_600_000)),
      dateHeader: draw.oneOf<"sent" | "missing">("sent", "sent", "sent", "missing"),
    },
    before: draw.oneOf(programOf(1), {}),
    program: programOf(2),
    injections: Array.from({ length: draw.between(1, 4) }, () => injectionOf(draw)),
    deployments: Array.from({ length: draw.between(1, 3) }, () => breakOf(draw)),
  };
}

function injectionOf(draw: Draw): Injection {
  const [endpoint, ...others] = endpoints;
  return {
    endpoint: draw.oneOf<Endpoint>(endpoint, ...others),
    fault: anyFault(draw),
    times: draw.oneOf(1, 1, 2, 3, 8),
    skip: draw.oneOf(0, 0, 1, 2, 5),
  };
}

function breakOf(draw: Draw): Break | undefined {
  const how = draw.oneOf<Break["how"] | undefined>(undefined, "kill", "kill", "interrupt");
  if (how === undefined) return undefined;
  return { how, afterMillis: draw.oneOf(0, draw.between(0, 15_000), draw.between(0, 120_000)) };
}

/** Any fault, of every kind, with every detail drawn. */
export function anyFault(draw: Draw): Fault {
  const when = draw.oneOf<"beforeWork" | "afterWork">("beforeWork", "afterWork");
  const work = draw.oneOf<"done" | "none">("done", "none");
  const bytes = draw.oneOf(0, draw.between(1, 600));
  const retryAfter = draw.oneOf<string | undefined>(
    undefined,
    "0",
    "soon",
    `${draw.between(1, 50)}`,
  );
  return draw.oneOf<Fault>(
    { kind: "reset", when },
    { kind: "reset", when },
    { kind: "stall", when },
    { kind: "stallBody", bytes },
    { kind: "cutBody", bytes },
    { kind: "slowBody", chunks: draw.between(2, 8), pauseMillis: draw.between(100, 9_000) },
    { kind: "emptyBody" },
    { kind: "notJson" },
    { kind: "closeReused" },
    faultAnswers.serverError(work),
    faultAnswers.requestTimeout(work),
    faultAnswers.htmlPage(draw.oneOf(502, 503, 504, 403), work === "done" ? "none" : work),
    faultAnswers.htmlPage(draw.oneOf(502, 503, 504), work),
    faultAnswers.rateLimited(retryAfter),
    faultAnswers.memoryLimitExceeded(),
    faultAnswers.concurrentRunsExceeded(),
    faultAnswers.redirect("http://127.0.0.1:9/elsewhere"),
    faultAnswers.hugeError(100_000),
    { ...faultAnswers.serverError("none"), status: draw.oneOf(401, 402, 403) },
    { kind: "answer", work, status: 201, body: draw.oneOf("", "{}", "<html></html>") },
  );
}
