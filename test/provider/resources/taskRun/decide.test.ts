import assert from "node:assert/strict";
import { decide } from "../../../../provider/resources/taskRun/decide";
import { aState, at, unknown } from "../../support/taskRuns";
import type { Args } from "../../../../provider/resources/taskRun/argumentTable";
import type { Decision, RerunReason } from "../../../../provider/resources/taskRun/decision";
import type { TaskRunState } from "../../../../provider/resources/taskRun/state";

const args: Args = { actorTaskId: "janedoe~scrape" };

interface Case {
  readonly what: string;
  readonly state?: TaskRunState;
  readonly args?: Partial<Record<keyof Args, unknown>>;
}

interface Row {
  readonly row: string;
  readonly answer: Decision;
  readonly cases: readonly Case[];
}

const nothing: Decision = { action: "nothing" };
const update: Decision = { action: "update" };
const rerun = (...properties: RerunReason["property"][]): Decision => ({
  action: "rerun",
  reasons: properties.map((property) => ({ property })),
});

const running = { status: "RUNNING" };
const ends = ["FAILED", "TIMED-OUT", "ABORTED"] as const;

const adopted = aState({}, { adoptRunId: "run1" });

/** Another value of each argument that decides the intent. */
const otherIntent = {
  actorTaskId: "janedoe~other",
  input: { a: 1 },
  build: "beta",
  maxItems: 5,
  maxTotalChargeUsd: 0.5,
  triggers: ["tuesday"],
  idempotencyKey: "commit 1",
};

const rows: readonly Row[] = [
  {
    row: "a value that decides the intent is unknown",
    answer: rerun("input"),
    cases: [
      { what: "the whole input", args: { input: unknown } },
      { what: "a value deep inside the input", args: { input: { urls: [{ url: unknown }] } } },
      { what: "while the run is live", state: aState(running), args: { input: unknown } },
      { what: "after a failed run", state: aState({ status: "FAILED" }), args: { input: unknown } },
      { what: "beside another build", args: { input: unknown, build: "beta" } },
    ],
  },
  {
    row: "several values that decide the intent are unknown",
    answer: rerun(
      "actorTaskId",
      "build",
      "maxItems",
      "maxTotalChargeUsd",
      "triggers",
      "idempotencyKey",
    ),
    cases: [
      {
        what: "all of them",
        args: {
          actorTaskId: unknown,
          build: unknown,
          maxItems: unknown,
          maxTotalChargeUsd: unknown,
          triggers: [unknown],
          idempotencyKey: unknown,
        },
      },
    ],
  },
  ...Object.entries(otherIntent).map(([name, value]): Row => ({
    row: `intent changed: ${name}`,
    answer: rerun(name as RerunReason["property"]),
    cases: [
      { what: "after a good run", args: { [name]: value } },
      { what: "while the run is live", state: aState(running), args: { [name]: value } },
      {
        what: "after a failed run",
        state: aState({ status: "FAILED" }),
        args: { [name]: value },
      },
      {
        what: "when the run has expired",
        state: aState({}, { expired: true }),
        args: { [name]: value },
      },
    ],
  })),
  {
    row: "intent changed in two arguments",
    answer: rerun("input", "build"),
    cases: [{ what: "both are named", args: { build: "beta", input: { a: 1 }, onDelete: "keep" } }],
  },
  {
    row: "adoptRunId names another run, or one that is not known yet",
    answer: rerun("adoptRunId"),
    cases: [
      { what: "given", args: { adoptRunId: "run2" } },
      { what: "unknown", args: { adoptRunId: unknown } },
      { what: "another one", state: adopted, args: { adoptRunId: "run2" } },
      { what: "unknown after a known one", state: adopted, args: { adoptRunId: unknown } },
      { what: "while the run is live", state: aState(running), args: { adoptRunId: "run2" } },
      {
        what: "after a failed run",
        state: aState({ status: "FAILED" }),
        args: { adoptRunId: "run2" },
      },
      { what: "beside another input", args: { adoptRunId: "run2", input: { a: 1 } } },
      { what: "beside an unknown input", args: { adoptRunId: "run2", input: unknown } },
    ],
  },
  {
    row: "adoptRunId names the run that there is, whatever else is asked for",
    answer: nothing,
    cases: [
      { what: "unchanged", state: adopted, args: { adoptRunId: "run1" } },
      { what: "given for a run that was started", args: { adoptRunId: "run1" } },
      { what: "taken out", state: adopted },
      {
        what: "of a run that failed, with which to go on",
        state: aState({ status: "FAILED" }, { adoptRunId: "run1" }),
        args: { adoptRunId: "run1", onFailure: "continue" },
      },
      ...Object.entries(otherIntent).map(([name, value]) => ({
        what: `beside another ${name}`,
        state: adopted,
        args: { adoptRunId: "run1", [name]: value },
      })),
      {
        what: "beside another of everything",
        state: adopted,
        args: { ...otherIntent, adoptRunId: "run1" },
      },
      {
        what: "beside an unknown input",
        state: adopted,
        args: { adoptRunId: "run1", input: unknown },
      },
    ],
  },
  {
    row: "adoptRunId names the run, which goes on",
    answer: update,
    cases: [
      {
        what: "beside another input",
        state: aState(running, { adoptRunId: "run1" }),
        args: { adoptRunId: "run1", input: { a: 1 } },
      },
    ],
  },
  {
    row: "adoptRunId is taken out and another input asked for",
    answer: rerun("input"),
    cases: [{ what: "both are known", state: adopted, args: { input: { a: 1 } } }],
  },
  {
    row: "last run terminal and not accepted",
    answer: rerun("status"),
    cases: ends.flatMap((status) => [
      { what: status, state: aState({ status }) },
      { what: `${status}, without waiting`, state: aState({ status }), args: { waitSecs: 0 } },
      { what: `${status}, expired`, state: aState({ status }, { expired: true }) },
      {
        what: `${status}, onDelete changed`,
        state: aState({ status }),
        args: { onDelete: "keep" },
      },
    ]),
  },
  {
    row: "run gone before it was seen to end, and this resource waits",
    answer: rerun("status"),
    cases: [{ what: "RUNNING, expired", state: aState(running, { expired: true }) }],
  },
  {
    row: "run still live, and this resource waits",
    answer: update,
    cases: [
      ...["READY", "RUNNING", "TIMING-OUT", "ABORTING", "HIBERNATING"].map((status) => ({
        what: status,
        state: aState({ status }),
      })),
      { what: "with a limit", state: aState(running), args: { waitSecs: 5 } },
      { what: "an unknown limit", state: aState(running), args: { waitSecs: unknown } },
      {
        what: "that did not wait before",
        state: aState(running, { waitSecs: 0 }),
        args: { waitSecs: 5 },
      },
    ],
  },
  {
    row: "onDelete changed",
    answer: update,
    cases: [
      { what: "given", args: { onDelete: "keep" } },
      { what: "another one", state: aState({}, { onDelete: "keep" }), args: { onDelete: "purge" } },
      { what: "taken away", state: aState({}, { onDelete: "keep" }) },
      { what: "unknown", args: { onDelete: unknown } },
      {
        what: "while the run goes on unwatched",
        state: aState(running),
        args: { waitSecs: 0, onDelete: "keep" },
      },
      {
        what: "after the run has expired",
        state: aState({}, { expired: true }),
        args: { onDelete: "keep" },
      },
    ],
  },
  {
    row: "else",
    answer: nothing,
    cases: [
      { what: "nothing changed" },
      {
        what: "another order of the input's keys",
        state: aState({}, { input: { a: { x: 1, y: 2 }, b: [{ c: 1, d: 2 }] } }),
        args: { input: { b: [{ d: 2, c: 1 }], a: { y: 2, x: 1 } } },
      },
      { what: "an empty input instead of none", args: { input: {} } },
      { what: "an empty list of triggers instead of none", args: { triggers: [] } },
      { what: "another timeout", args: { timeoutSecs: 5 } },
      { what: "another memory", args: { memoryMbytes: 2048 } },
      { what: "another restartOnError", args: { restartOnError: true } },
      { what: "other webhooks", args: { webhooks: [] } },
      { what: "an unknown next-run argument", args: { memoryMbytes: unknown } },
      { what: "another wait after a good run", args: { waitSecs: 5 } },
      { what: "another wait for room", args: { startWaitSecs: 5 } },
      { what: "an unknown wait for room", args: { startWaitSecs: unknown } },
      { what: "a run that has expired after it succeeded", state: aState({}, { expired: true }) },
      { what: "a live run nobody waits for", state: aState(running), args: { waitSecs: 0 } },
      {
        what: "a run that nobody waited for and that is gone",
        state: aState(running, { expired: true }),
        args: { waitSecs: 0 },
      },
    ],
  },
];

describe("decide", () => {
  for (const { row, answer, cases } of rows) {
    describe(row, () => {
      for (const each of cases) {
        it(each.what, () => {
          const given = { ...args, ...each.args } as Args;
          assert.deepEqual(decide(each.state ?? aState(), given, at()), answer);
        });
      }
    });
  }

  it("answers the same again, and changes nothing it was given", () => {
    const state = aState(running, { input: { a: 1 } });
    const given = { ...args, input: { a: 2 } };
    const before = structuredClone({ state, given });
    assert.deepEqual(decide(state, given, at()), decide(state, given, at()));
    assert.deepEqual({ state, given }, before);
  });
});
