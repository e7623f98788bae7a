import * as answers from "../faults/answers";
import type { Endpoint } from "../faults/endpoints";
import type { Fault } from "../faults/fault";

/** A fault that the pages offer. */
export interface OfferedFault {
  readonly id: string;
  readonly label: string;
  /** What it shows about a program that meets it. */
  readonly explanation: string;
  readonly endpoint: Endpoint;
  readonly fault: Fault;
}

/** The faults that a program which runs tasks should survive. */
export const offeredFaults: readonly OfferedFault[] = [
  {
    id: "start-done-500",
    label: "Next start: 500 after the run was started",
    explanation: "The run exists, but the client is told that the server failed.",
    endpoint: "startRun",
    fault: answers.serverError("done"),
  },
  {
    id: "start-done-reset",
    label: "Next start: connection reset after the run was started",
    explanation: "The run exists, but the client gets no answer at all.",
    endpoint: "startRun",
    fault: { kind: "reset", when: "afterWork" },
  },
  {
    id: "start-not-done-reset",
    label: "Next start: connection reset before anything was done",
    explanation: "There is no run. To the client it looks like the fault before.",
    endpoint: "startRun",
    fault: { kind: "reset", when: "beforeWork" },
  },
  {
    id: "start-done-stall",
    label: "Next start: no answer after the run was started",
    explanation: "The run exists, and the client waits until its own time limit.",
    endpoint: "startRun",
    fault: { kind: "stall", when: "afterWork" },
  },
  {
    id: "start-429",
    label: "Next start: 429, too many requests",
    explanation: "Nothing is started. The client may try again after a second.",
    endpoint: "startRun",
    fault: answers.rateLimited("1"),
  },
  {
    id: "start-memory",
    label: "Next start: 402, memory limit of the account",
    explanation: "Nothing is started, until other runs have ended.",
    endpoint: "startRun",
    fault: answers.memoryLimitExceeded(),
  },
  {
    id: "start-concurrent",
    label: "Next start: 402, limit of concurrent runs",
    explanation: "Nothing is started, until other runs have ended.",
    endpoint: "startRun",
    fault: answers.concurrentRunsExceeded(),
  },
  {
    id: "start-usage",
    label: "Next start: 403, monthly usage used up",
    explanation: "Nothing is started, and trying again does not help.",
    endpoint: "startRun",
    fault: answers.refusal("platform-feature-disabled"),
  },
  {
    id: "start-html",
    label: "Next start: a proxy's HTML page with 502",
    explanation: "Nothing is started, and the answer is not Apify's.",
    endpoint: "startRun",
    fault: answers.htmlPage(502, "none"),
  },
  {
    id: "read-500",
    label: "Next read of a run: 500",
    explanation: "The run goes on, but the client cannot see it.",
    endpoint: "getRun",
    fault: answers.serverError("none"),
  },
  {
    id: "read-cut",
    label: "Next read of a run: answer cut off",
    explanation: "The connection is closed in the middle of the answer.",
    endpoint: "getRun",
    fault: { kind: "cutBody" },
  },
  {
    id: "items-500",
    label: "Next read of items: 500",
    explanation: "The run has ended, but the client cannot read its data.",
    endpoint: "getDatasetItems",
    fault: answers.serverError("none"),
  },
  {
    id: "abort-500",
    label: "Next abort: 500 after the run was aborted",
    explanation: "The run is stopped, but the client is told that the server failed.",
    endpoint: "abortRun",
    fault: answers.serverError("done"),
  },
];
