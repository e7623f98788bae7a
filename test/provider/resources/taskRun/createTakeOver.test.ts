import assert from "node:assert/strict";
import { create } from "../../../../provider/resources/taskRun/create";
import { createDeploymentLedger } from "../../../../provider/resources/taskRun/deploymentLedger";
import { createAutoClock } from "../../../support/fakeClock";
import { aState, owner, startApify } from "../../support/taskRuns";
import type { Inputs } from "../../../../provider/resources/taskRun/state";
import type { DeploymentLedger } from "../../../../provider/resources/taskRun/deploymentLedger";
import type { TestApify } from "../../support/taskRuns";

const args: Inputs = { actorTaskId: "janedoe~scrape" };

describe("create, with a run that may be there already", () => {
  let apify: TestApify;
  beforeEach(async () => {
    apify = await startApify();
  });
  afterEach(() => apify.close());

  /** What a deployment knows that replaces a run which ended before the others. */
  function ledger(): DeploymentLedger {
    const known = createDeploymentLedger();
    const old = aState({ id: "old", startedAt: "2020-01-01T00:00:00.000Z" });
    known.recordDecision(owner, old, { action: "rerun", reasons: [{ property: "cron" }] });
    return known;
  }

  /** A run that a deployment started which was killed, and that has ended since. */
  async function leftBehind(status: string): Promise<string> {
    const { run } = await create(apify.context(), { ...args, waitSecs: 0 });
    apify.emulator.finish(run.id, { status });
    return run.id;
  }

  const found: readonly (readonly [string, Partial<Inputs>, string, boolean])[] = [
    ["is fresh", { maxAgeSecs: 3600 }, "SUCCEEDED", true],
    ["is too old", { maxAgeSecs: 60 }, "SUCCEEDED", false],
    ["had no tick since", { cron: "0 0 1 1 *" }, "SUCCEEDED", true],
    ["had a tick since", { cron: "* * * * *" }, "SUCCEEDED", false],
    ["ended as it may", { acceptStatuses: ["ABORTED"] }, "ABORTED", true],
    ["ended as it may not", { acceptStatuses: ["ABORTED"] }, "SUCCEEDED", false],
  ];
  for (const [what, given, status, isTaken] of found) {
    it(`${isTaken ? "takes over" : "does not take over"} one that ${what}`, async () => {
      const clock = createAutoClock();
      const runId = await leftBehind(status);
      const startedAt = Date.parse(apify.emulator.run(runId)?.startedAt ?? "");
      clock.advance(startedAt - clock.epochMillis() + 600_000);
      const context = apify.context({ ledger: ledger(), clock });
      apify.whenPolled((id) => {
        apify.emulator.finish(id, { status });
      });
      const { run } = await create(context, { ...args, ...given, onFailure: "continue" });
      assert.equal(run.id === runId, isTaken);
    });
  }
});
