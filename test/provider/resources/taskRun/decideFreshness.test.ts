import assert from "node:assert/strict";
import { argumentNames } from "../../../../provider/resources/taskRun/argumentTable";
import { check } from "../../../../provider/resources/taskRun/check";
import { decide } from "../../../../provider/resources/taskRun/decide";
import { unreadRun } from "../../../../provider/run/runRecord";
import { explainRerun } from "../../../../provider/resources/taskRun/explainRerun";
import { aState, at, fakeClient, testContext, unknown } from "../../support/taskRuns";
import type { Decision, RerunReason } from "../../../../provider/resources/taskRun/decision";
import type { Staleness } from "../../../../provider/run/freshness";
import type { CheckedArgs, TaskRunState } from "../../../../provider/resources/taskRun/state";

const args: CheckedArgs = { actorTaskId: "janedoe~scrape" };
const nothing: Decision = { action: "nothing" };
const update: Decision = { action: "update" };
const rerun = (...properties: RerunReason["property"][]): Decision => ({
  action: "rerun",
  reasons: properties.map((property) => ({ property })),
});

/** A rerun by a rule below, of a run that started when `aState` did. */
const stale = (rule: Staleness["rule"]): Decision => ({
  action: "rerun",
  reasons: [{ property: rule, staleness: { rule, sinceMillis: Date.parse(due[rule]) } }],
});

/** `aState` started on 1 January at midnight. */
const soon = "2026-01-01T00:59:59Z";
const later = "2026-01-01T03:00:00Z";
const hourly: Partial<CheckedArgs> = { maxAgeSecs: 3600 };
const nightly: Partial<CheckedArgs> = { cron: "0 3 * * *" };
const due = { maxAgeSecs: "2026-01-01T01:00:00Z", cron: "2026-01-01T03:00:00Z" };
const expired = { expired: true } as const;

interface Row {
  readonly what: string;
  readonly state?: TaskRunState;
  readonly args?: Partial<CheckedArgs>;
  readonly now?: string;
  readonly answer: Decision;
}

/** The statuses that count are not all known. */
const someUnknown = { acceptStatuses: ["SUCCEEDED", unknown] } as unknown as Partial<CheckedArgs>;
const allUnknown = { acceptStatuses: unknown } as unknown as Partial<CheckedArgs>;
const unknownAge = { maxAgeSecs: unknown } as unknown as Partial<CheckedArgs>;
const unknownExpiry = { onExpired: unknown } as unknown as Partial<CheckedArgs>;

const rows: Readonly<Record<string, readonly Row[]>> = {
  "what is not known yet": [
    { what: "the greatest age", args: unknownAge, answer: rerun("maxAgeSecs") },
    { what: "the ticks", args: { cron: unknown }, answer: rerun("cron") },
    { what: "their zone", args: { ...nightly, timeZone: unknown }, answer: rerun("timeZone") },
    { what: "a zone without ticks", args: { timeZone: unknown }, answer: nothing },
    {
      what: "an age, of a run that stays",
      args: { ...unknownAge, adoptRunId: "run1" },
      answer: nothing,
    },
    {
      what: "an age, while the run is live",
      state: aState({ status: "RUNNING" }),
      args: unknownAge,
      answer: update,
    },
    { what: "the statuses that count", args: allUnknown, answer: rerun("acceptStatuses") },
    { what: "one of the statuses that count", args: someUnknown, answer: rerun("acceptStatuses") },
    {
      what: "the statuses that count, while the run is live",
      state: aState({ status: "RUNNING" }),
      args: allUnknown,
      answer: update,
    },
    { what: "what expiry means, of a run that is there", args: unknownExpiry, answer: update },
    {
      what: "what expiry means, of a run that is gone",
      state: aState({}, expired),
      args: unknownExpiry,
      answer: rerun("onExpired"),
    },
  ],
  "how old the data may be": [
    { what: "is not over", args: hourly, now: soon, answer: nothing },
    { what: "is over", args: hourly, now: later, answer: stale("maxAgeSecs") },
    { what: "has no tick yet", args: nightly, now: soon, answer: nothing },
    { what: "has a tick", args: nightly, now: later, answer: stale("cron") },
    {
      what: "has a tick in another time zone",
      args: { ...nightly, timeZone: "America/New_York" },
      now: later,
      answer: nothing,
    },
    {
      what: "is over by both rules",
      args: { ...hourly, ...nightly },
      now: later,
      answer: stale("maxAgeSecs"),
    },
    { what: "is said for the first time, and is not over", args: hourly, answer: nothing },
    {
      what: "is over, and an input changed",
      args: { ...hourly, input: { a: 1 } },
      now: later,
      answer: rerun("input"),
    },
    {
      what: "is over, and the run had failed",
      state: aState({ status: "FAILED" }),
      args: hourly,
      now: later,
      answer: rerun("status"),
    },
    {
      what: "is over, and there is something to store",
      args: { ...hourly, onDelete: "keep" },
      now: later,
      answer: stale("maxAgeSecs"),
    },
    {
      what: "is over while the run that is waited for goes on: the wait is resumed",
      state: aState({ status: "RUNNING" }),
      args: hourly,
      now: later,
      answer: update,
    },
    {
      what: "is over while a run that nobody waits for goes on",
      state: aState({ status: "RUNNING" }),
      args: { ...hourly, waitSecs: 0 },
      now: later,
      answer: stale("maxAgeSecs"),
    },
    {
      what: "is over when the run has expired",
      state: aState({}, expired),
      args: hourly,
      now: later,
      answer: stale("maxAgeSecs"),
    },
    {
      what: "cannot be told of a run that was never read",
      state: { ...aState(), run: unreadRun("run1") },
      args: { ...hourly, waitSecs: 0 },
      now: later,
      answer: update,
    },
    {
      what: "is over, and adoptRunId names the run: no other is started",
      state: aState({}, { adoptRunId: "run1" }),
      args: { ...hourly, ...nightly, adoptRunId: "run1" },
      now: later,
      answer: nothing,
    },
    {
      what: "is over, and adoptRunId is taken out",
      state: aState({}, { adoptRunId: "run1" }),
      args: hourly,
      now: later,
      answer: stale("maxAgeSecs"),
    },
  ],
  "the statuses that count as good": [
    {
      what: "have the last one",
      state: aState({ status: "ABORTED" }),
      args: { acceptStatuses: ["SUCCEEDED", "ABORTED"] },
      answer: nothing,
    },
    {
      what: "do not have the last one any more",
      state: aState({ status: "ABORTED" }, { acceptStatuses: ["SUCCEEDED", "ABORTED"] }),
      answer: rerun("status"),
    },
    {
      what: "do not have SUCCEEDED",
      args: { acceptStatuses: ["FAILED"] },
      answer: rerun("status"),
    },
    {
      what: "change without a consequence",
      args: { acceptStatuses: ["SUCCEEDED", "FAILED"] },
      answer: nothing,
    },
    {
      what: "have the last one, and the data is stale",
      state: aState({ status: "FAILED" }),
      args: { acceptStatuses: ["FAILED"], ...hourly },
      now: later,
      answer: stale("maxAgeSecs"),
    },
  ],
  "a run that Apify has deleted": [
    { what: "is kept", state: aState({}, expired), answer: nothing },
    {
      what: "is kept on demand",
      state: aState({}, { ...expired, onExpired: "keep" }),
      args: { onExpired: "keep" },
      answer: nothing,
    },
    {
      what: "is followed by another one on demand",
      state: aState({}, { ...expired, onExpired: "rerun" }),
      args: { onExpired: "rerun" },
      answer: rerun("expired"),
    },
    {
      what: "is followed by another one when that is new",
      state: aState({}, expired),
      args: { onExpired: "rerun" },
      answer: rerun("expired"),
    },
    {
      what: "is followed by another one because of that rather than of its age",
      state: aState({}, expired),
      args: { onExpired: "rerun", ...hourly },
      now: later,
      answer: rerun("expired"),
    },
    {
      what: "and had failed is followed by another one because of that",
      state: aState({ status: "FAILED" }, expired),
      args: { onExpired: "rerun" },
      answer: rerun("status"),
    },
    {
      what: "and that adoptRunId names is not followed by another one",
      state: aState({}, { ...expired, adoptRunId: "run1" }),
      args: { onExpired: "rerun", adoptRunId: "run1" },
      answer: update,
    },
    {
      what: "is there after all",
      state: aState({}, { onExpired: "rerun" }),
      args: { onExpired: "rerun" },
      answer: nothing,
    },
  ],
  "an argument that later operations read from the state": [
    { what: "onExpired is given", args: { onExpired: "rerun" }, answer: update },
    { what: "account is given", args: { account: "team" }, answer: update },
    {
      what: "account is another one",
      state: aState({}, { account: "team" }),
      args: { account: "other" },
      answer: update,
    },
    { what: "account is taken out", state: aState({}, { account: "team" }), answer: update },
    {
      what: "onFailure changes, which none of them reads",
      args: { onFailure: "continue" },
      answer: nothing,
    },
  ],
};

describe("decide, with rules for the freshness of the data", () => {
  for (const [subject, cases] of Object.entries(rows)) {
    describe(subject, () => {
      for (const { what, state = aState(), args: given, now, answer } of cases) {
        it(what, () => {
          assert.deepEqual(decide(state, { ...args, ...given }, at(now)), answer);
        });
      }
    });
  }
});

describe("an argument that is not known yet", () => {
  for (const name of argumentNames) {
    it(`fails no preview when it is ${name}`, async () => {
      const given = { ...args, ...nightly, [name]: unknown };
      const checked = await check(testContext(fakeClient()), { ...args }, given);
      assert.deepEqual(checked.problems, []);
      const inputs = checked.args as Partial<CheckedArgs> as CheckedArgs;
      for (const state of [aState(), aState({ status: "RUNNING" }), aState({}, expired)]) {
        const decision = decide(state, inputs, at(soon));
        if (decision.action !== "rerun") continue;
        assert.deepEqual(decision.reasons, [{ property: name }]);
        assert.equal(explainRerun(state, inputs, { property: name }), undefined);
      }
    });
  }
});
