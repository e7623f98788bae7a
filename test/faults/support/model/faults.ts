import * as fc from "fast-check";
import { faultAnswers } from "../../../../emulator";
import { token } from "../world";
import type { Endpoint, Fault } from "../../../../emulator";

const { concurrentRunsExceeded, hugeError, htmlPage, memoryLimitExceeded } = faultAnswers;
const { rateLimited, requestTimeout, serverError } = faultAnswers;

/** A server that repeats what it was told, in words that are shown. */
export const forbidden: Fault = {
  kind: "answer",
  work: "none",
  status: 403,
  type: "forbidden",
  message: `Not you, ${token}.`,
};

const endpoints = fc.constantFrom<Endpoint[]>(
  "startRun",
  "startRun",
  "listTaskRuns",
  "getRun",
  "abortRun",
  "deleteRun",
  "getRunLog",
  "getTask",
  "deleteStorage",
  "any",
);
const moment = fc.constantFrom("beforeWork", "afterWork");
const work = fc.constantFrom("done", "none");
const faults: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constant("reset"), when: moment }),
  fc.record({ kind: fc.constant("stall"), when: moment }),
  fc.constantFrom<Fault[]>(
    { kind: "stallBody" },
    { kind: "stallBody", bytes: 0 },
    { kind: "cutBody" },
    { kind: "cutBody", bytes: 0 },
    { kind: "slowBody", chunks: 4, pauseMillis: 2_000 },
    { kind: "slowBody", chunks: 20, pauseMillis: 3_000 },
    { kind: "emptyBody" },
    { kind: "notJson" },
    { kind: "closeReused" },
    memoryLimitExceeded(),
    concurrentRunsExceeded(),
    rateLimited(),
    rateLimited("20"),
    rateLimited("soon"),
    forbidden,
    hugeError(100_000),
  ),
  work.map(serverError),
  work.map(requestTimeout),
  work.map((each) => htmlPage(502, each)),
);

/** A fault, and which requests it is for. */
export const injections = fc.record({
  endpoint: endpoints,
  fault: faults,
  times: fc.integer({ min: 1, max: 4 }),
  skip: fc.nat(2),
});
