import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { faultAnswers } from "../../emulator";
import type { ClientRequest } from "node:http";
import type { Emulator, Endpoint, Fault } from "../../emulator";

/** What goes wrong in one case. */
export interface Case {
  readonly name: string;
  /** Injects the fault. The returned function counts the requests that had it. */
  readonly inject: (emulator: Emulator) => Promise<() => number>;
  /** Whether the process is killed as soon as its run exists, and started again. */
  readonly process: "runs to its end" | "is killed and started again";
}

const requestStart = "http.client.request.start";

/** The case without a fault. */
export const noFault = caseOf("no fault", () => Promise.resolve(() => 0));

/** The cases, from the start request to the wait. */
export const cases: readonly Case[] = [
  noFault,
  caseOf("first connection refused", refuseFirstConnection),
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
  atWait("wait: 404 right after the start", runNotFound()),
  atWait("wait: reset", { kind: "reset", when: "beforeWork" }),
  atWait("wait: 500", faultAnswers.serverError("none")),
  atWait("wait: body cut", { kind: "cutBody" }),
  {
    ...atStart("killed after the work, started again", { kind: "stall", when: "afterWork" }),
    process: "is killed and started again",
  },
];

function caseOf(name: string, inject: Case["inject"]): Case {
  return { name, inject, process: "runs to its end" };
}

function atStart(name: string, fault: Fault): Case {
  return atFirstRequest(name, "startRun", fault);
}

function atWait(name: string, fault: Fault): Case {
  return atFirstRequest(name, "getRun", fault);
}

function atFirstRequest(name: string, endpoint: Endpoint, fault: Fault): Case {
  return caseOf(name, ({ faults }) => {
    const injected = faults.inject({ endpoint, fault });
    return Promise.resolve(() => injected.hits);
  });
}

function runNotFound(): Fault {
  const message = "Actor run was not found";
  return { kind: "answer", work: "none", status: 404, type: "record-not-found", message };
}

async function refuseFirstConnection(emulator: Emulator): Promise<() => number> {
  const accept = await emulator.refuseConnections();
  let refused = 0;
  const onRequest = (message: unknown): void => {
    const { request } = message as { request: ClientRequest };
    request.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "ECONNREFUSED") return;
      refused += 1;
      unsubscribe(requestStart, onRequest);
      void accept();
    });
  };
  subscribe(requestStart, onRequest);
  return () => refused;
}
