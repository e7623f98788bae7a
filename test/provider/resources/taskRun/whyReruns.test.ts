import assert from "node:assert/strict";
import { whyReruns } from "../../../../provider/resources/taskRun/whyReruns";
import { aState, at, unknown } from "../../support/taskRuns";
import type { Inputs } from "../../../../provider/resources/taskRun/state";

const args: Inputs = { actorTaskId: "janedoe~scrape" };
/** `aState` started on 1 January at midnight. */
const later = "2026-01-01T03:00:00Z";
const hourly: Partial<Inputs> = { maxAgeSecs: 3600 };
const nightly: Partial<Inputs> = { cron: "0 3 * * *" };
const running = { status: "RUNNING" };

describe("the line about a rerun that no argument explains", () => {
  it("quotes how the run ended", () => {
    const state = aState({ status: "FAILED", statusMessage: "No proxy left", exitCode: 3 });
    assert.equal(
      whyReruns(state, args, "status", at()),
      "Run run1 ended as FAILED: No proxy left (exit code 3). `pulumi up` runs the task again because of that.",
    );
  });

  it("says when the run is gone and its end is not known", () => {
    assert.equal(
      whyReruns(aState(running, { expired: true }), args, "status", at()),
      "Run run1 is gone from Apify, and it is not known how it ended. `pulumi up` runs the task again because of that.",
    );
  });
});

describe("the line about a rerun for the freshness of the data", () => {
  const again = "`pulumi up` runs the task again because of that.";
  const lines: readonly (readonly [string, Partial<Inputs>, string | undefined])[] = [
    [
      "maxAgeSecs",
      hourly,
      `Run run1 started at 2026-01-01T00:00:00.000Z, and is too old since 2026-01-01T01:00:00.000Z (maxAgeSecs 3600). ${again}`,
    ],
    [
      "cron",
      nightly,
      `Run run1 started at 2026-01-01T00:00:00.000Z, before the tick of cron "0 3 * * *" (UTC) at 2026-01-01T03:00:00.000Z. ${again}`,
    ],
    [
      "cron",
      { ...nightly, timeZone: "Europe/Prague" },
      `Run run1 started at 2026-01-01T00:00:00.000Z, before the tick of cron "0 3 * * *" (Europe/Prague) at 2026-01-01T02:00:00.000Z. ${again}`,
    ],
    ["expired", {}, `Run run1 is gone from Apify (onExpired: "rerun"). ${again}`],
    ["cron", { cron: unknown }, undefined],
    [
      "trackedTask",
      { trackTask: true },
      `The saved task was edited since run run1 started (trackTask). ${again}`,
    ],
    ["input", {}, undefined],
    ["trackedBuild", {}, undefined],
  ];
  for (const [reason, given, line] of lines) {
    it(`is ${line === undefined ? "left to the engine" : "clear"} for ${reason} ${JSON.stringify(given)}`, () => {
      assert.equal(whyReruns(aState(), { ...args, ...given }, reason, at(later)), line);
    });
  }
});
