import assert from "node:assert/strict";
import { explainRerun } from "../../../../provider/resources/taskRun/explainRerun";
import { staleness } from "../../../../provider/run/freshness";
import { aState, isUnknown, unknown } from "../../support/taskRuns";
import type { RerunReason } from "../../../../provider/resources/taskRun/decision";
import type { CheckedArgs } from "../../../../provider/resources/taskRun/state";

const args: CheckedArgs = { actorTaskId: "janedoe~scrape" };
/** When `aState` started. */
const start = "2026-01-01T00:00:00Z";
const later = "2026-01-01T03:00:00Z";
const hourly: Partial<CheckedArgs> = { maxAgeSecs: 3600 };
const nightly: Partial<CheckedArgs> = { cron: "0 3 * * *" };
const running = { status: "RUNNING" };

describe("the line about a rerun that no argument explains", () => {
  it("quotes how the run ended", () => {
    const state = aState({ status: "FAILED", statusMessage: "No proxy left", exitCode: 3 });
    assert.equal(
      explainRerun(state, args, { property: "status" }),
      "Run run1 ended with status FAILED: No proxy left (exit code 3). `pulumi up` runs the task again.",
    );
  });

  it("tells what to do about a run that was adopted and is not good", () => {
    const state = aState({ status: "FAILED" });
    assert.equal(
      explainRerun(state, { ...args, adoptRunId: "run1" }, { property: "status" }),
      "Run run1 ended with status FAILED. While `adoptRunId` names it, `pulumi up` fails. Remove `adoptRunId` to run the task again.",
    );
  });

  it("says when the run is gone and its end is not known", () => {
    assert.equal(
      explainRerun(aState(running, { expired: true }), args, { property: "status" }),
      "Run run1 is no longer on Apify, and how it ended is not known. `pulumi up` runs the task again.",
    );
  });
});

describe("the line about a rerun for the freshness of the data", () => {
  const again = "`pulumi up` runs the task again.";
  const lines: readonly (readonly [
    RerunReason["property"],
    Partial<CheckedArgs>,
    string | undefined,
  ])[] = [
    [
      "maxAgeSecs",
      hourly,
      `Run run1 started at 2026-01-01T00:00:00.000Z. Its data has been too old since 2026-01-01T01:00:00.000Z (\`maxAgeSecs\` 3600). ${again}`,
    ],
    [
      "cron",
      nightly,
      `Run run1 started at 2026-01-01T00:00:00.000Z, and \`cron\` "0 3 * * *" (UTC) was next due at 2026-01-01T03:00:00.000Z. ${again}`,
    ],
    [
      "cron",
      { ...nightly, timeZone: "Europe/Prague" },
      `Run run1 started at 2026-01-01T00:00:00.000Z, and \`cron\` "0 3 * * *" (Europe/Prague) was next due at 2026-01-01T02:00:00.000Z. ${again}`,
    ],
    ["expired", {}, `Run run1 is no longer on Apify (\`onExpired: "rerun"\`). ${again}`],
    ["cron", { cron: unknown }, undefined],
    [
      "trackedTask",
      { trackTask: true },
      `The saved task was edited after run run1 started (\`trackTask\`). ${again}`,
    ],
    ["input", {}, undefined],
    ["trackedBuild", {}, undefined],
  ];
  for (const [property, given, line] of lines) {
    it(`is ${line === undefined ? "left to the engine" : "clear"} for ${property} ${JSON.stringify(given)}`, () => {
      const stale = staleness(isUnknown(given.cron) ? {} : given, start, Date.parse(later));
      const reason = { property, ...(stale && { staleness: stale }) };
      assert.equal(explainRerun(aState(), { ...args, ...given }, reason), line);
    });
  }
});
