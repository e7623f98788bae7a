import assert from "node:assert/strict";
import { decide } from "../../../../provider/resources/taskRun/decide";
import { aState, at, unknown } from "../../support/taskRuns";
import type { Decision, RerunReason } from "../../../../provider/resources/taskRun/decision";
import type { CheckedArgs, TaskRunState } from "../../../../provider/resources/taskRun/state";

const args: CheckedArgs = { actorTaskId: "janedoe~scrape" };
const nothing: Decision = { action: "nothing" };
const update: Decision = { action: "update" };
const rerun = (...properties: RerunReason["property"][]): Decision => ({
  action: "rerun",
  reasons: properties.map((property) => ({ property })),
});

const builds = (number: string): Partial<CheckedArgs> => ({
  trackBuild: true,
  trackedBuild: number,
});
const tasks = (fingerprint: string): Partial<CheckedArgs> => ({
  trackTask: true,
  trackedTask: fingerprint,
});
/** The state after a run of a build, of which `check` saw another one before perhaps. */
const ran = (buildNumber: string | undefined, seen = buildNumber): TaskRunState =>
  aState({ buildNumber }, { trackBuild: true, trackedBuild: seen });

const rows: readonly {
  readonly what: string;
  readonly state?: TaskRunState;
  readonly args: Partial<Record<keyof CheckedArgs, unknown>>;
  readonly answer: Decision;
}[] = [
  { what: "the tag stays", state: ran("0.1.1"), args: builds("0.1.1"), answer: nothing },
  {
    what: "the tag moves",
    state: ran("0.1.1"),
    args: builds("0.1.2"),
    answer: rerun("trackedBuild"),
  },
  {
    what: "the tag moved between the look-up and the start, so that the run has the newer build",
    state: ran("0.1.2", "0.1.1"),
    args: builds("0.1.2"),
    answer: nothing,
  },
  {
    what: "the tag moves back from the build that ran, to the one that had been looked up",
    state: ran("0.1.2", "0.1.1"),
    args: builds("0.1.1"),
    answer: rerun("trackedBuild"),
  },
  {
    what: "Apify does not tell the number of the build that ran, and the tag stays",
    state: ran(undefined, "0.1.1"),
    args: builds("0.1.1"),
    answer: nothing,
  },
  {
    what: "Apify does not tell the number of the build that ran, and the tag moves",
    state: ran(undefined, "0.1.1"),
    args: builds("0.1.2"),
    answer: rerun("trackedBuild"),
  },
  {
    what: "nothing is known of the build that ran",
    args: builds("0.1.2"),
    answer: nothing,
  },
  {
    what: "trackBuild is turned on and the tag has not moved since the run",
    state: aState({ buildNumber: "0.1.1" }),
    args: builds("0.1.1"),
    answer: nothing,
  },
  {
    what: "trackBuild is turned on and the tag has moved since the run",
    state: aState({ buildNumber: "0.1.1" }),
    args: builds("0.1.2"),
    answer: rerun("trackedBuild"),
  },
  { what: "trackBuild is turned off", state: ran("0.1.1"), args: {}, answer: nothing },
  {
    what: "the build could not be looked up, and never was",
    state: aState({ buildNumber: "0.1.1" }),
    args: { trackBuild: true },
    answer: nothing,
  },
  {
    what: "the task stays",
    state: aState({}, tasks("one")),
    args: tasks("one"),
    answer: nothing,
  },
  {
    what: "the task is edited",
    state: aState({}, tasks("one")),
    args: tasks("two"),
    answer: rerun("trackedTask"),
  },
  { what: "trackTask is turned on: stored without a rerun", args: tasks("one"), answer: update },
  {
    what: "trackTask is turned off",
    state: aState({}, tasks("one")),
    args: {},
    answer: nothing,
  },
  {
    what: "the task could not be looked up, and never was",
    args: { trackTask: true },
    answer: nothing,
  },
  {
    what: "both move",
    state: aState({ buildNumber: "0.1.1" }, tasks("one")),
    args: { ...builds("0.1.2"), ...tasks("two") },
    answer: rerun("trackedBuild", "trackedTask"),
  },
  {
    what: "an input changes as well",
    state: ran("0.1.1"),
    args: { ...builds("0.1.2"), input: { a: 1 } },
    answer: rerun("input", "trackedBuild"),
  },
  {
    what: "an input is not known yet",
    state: ran("0.1.1"),
    args: { ...builds("0.1.2"), input: unknown },
    answer: rerun("input", "trackedBuild"),
  },
  {
    what: "the tag moves while the run goes on",
    state: aState({ buildNumber: "0.1.1", status: "RUNNING" }, builds("0.1.1")),
    args: builds("0.1.2"),
    answer: rerun("trackedBuild"),
  },
  {
    what: "the tag moves, the run had failed and is too old",
    state: aState({ buildNumber: "0.1.1", status: "FAILED" }, builds("0.1.1")),
    args: { ...builds("0.1.2"), maxAgeSecs: 0 },
    answer: rerun("trackedBuild"),
  },
  {
    what: "both moved, and adoptRunId says which run it is",
    state: aState({ buildNumber: "0.1.1" }, { ...tasks("one"), adoptRunId: "run1" }),
    args: { ...builds("0.1.2"), ...tasks("two"), adoptRunId: "run1" },
    answer: nothing,
  },
];

describe("decide, with trackers", () => {
  for (const { what, state = aState(), args: given, answer } of rows) {
    it(`answers ${answer.action} when ${what}`, () => {
      assert.deepEqual(decide(state, { ...args, ...given } as CheckedArgs, at()), answer);
    });
  }
});
