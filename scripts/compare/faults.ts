import { faultAnswers, type Emulator, type Endpoint, type Fault } from "../../emulator";
import { refuseOnce } from "./refuseOnce";

/** What goes wrong in one case. */
export interface Case {
  readonly name: string;
  /** Prepares what goes wrong; what it returns counts the requests that it has met. */
  readonly arrange: (emulator: Emulator) => Promise<() => number>;
  /** Whether the process is killed as soon as its run exists, and started again. */
  readonly story: "undisturbed" | "killed and started again";
}

/** A case without a fault: nothing is met. */
export const noFault = one("no fault", () => Promise.resolve(() => 0));

/** The cases, from the start request to the wait. */
export const cases: readonly Case[] = [
  noFault,
  one("first connection refused", refuseOnce),
  atStart("start: reset before the work", { kind: "reset", when: "beforeWork" }),
  atStart("start: reset after the work", { kind: "reset", when: "afterWork" }),
  atStart("start: no answer after the work", { kind: "stall", when: "afterWork" }),
  atStart("start: 201, body cut", { kind: "cutBody" }),
  atStart("start: 201, not JSON", { kind: "notJson" }),
  atStart("start: 201, body empty", { kind: "emptyBody" }),
  atStart("start: 500 without the work", faultAnswers.serverError("none")),
  atStart("start: 500 after the work", faultAnswers.serverError("done")),
  atStart("start: 408 after the work", faultAnswers.requestTimeout("done")),
  atStart("start: 429", faultAnswers.rateLimited()),
  atStart("start: 402, no memory left", faultAnswers.memoryLimitExceeded()),
  atWait("wait: 404 right after the start", notFound()),
  atWait("wait: reset", { kind: "reset", when: "beforeWork" }),
  atWait("wait: 500", faultAnswers.serverError("none")),
  atWait("wait: body cut", { kind: "cutBody" }),
  {
    ...atStart("killed after the work, started again", { kind: "stall", when: "afterWork" }),
    story: "killed and started again",
  },
];

function one(name: string, arrange: Case["arrange"]): Case {
  return { name, arrange, story: "undisturbed" };
}

function atStart(name: string, fault: Fault): Case {
  return met(name, "startRun", fault);
}

function atWait(name: string, fault: Fault): Case {
  return met(name, "getRun", fault);
}

/** The first request to an endpoint meets the fault. */
function met(name: string, endpoint: Endpoint, fault: Fault): Case {
  return one(name, ({ faults }) => {
    const injected = faults.inject({ endpoint, fault });
    return Promise.resolve(() => injected.hits);
  });
}

function notFound(): Fault {
  const message = "Actor run was not found";
  return { kind: "answer", work: "none", status: 404, type: "record-not-found", message };
}
