import assert from "node:assert/strict";
import { create } from "../../../../provider/resources/taskRun/create";
import { deleteTaskRun } from "../../../../provider/resources/taskRun/delete";
import { decide } from "../../../../provider/resources/taskRun/decide";
import { aRun } from "../../../support/run";
import {
  aState,
  at,
  owner,
  plainErrorOf,
  startingClient,
  testContext,
} from "../../support/taskRuns";
import type { ApifyClient } from "../../../../provider/apify/client";
import type { CheckedArgs } from "../../../../provider/resources/taskRun/state";

const args: CheckedArgs = { actorTaskId: "janedoe~scrape" };

describe("create, with a run that is not good", () => {
  const limited = aRun({
    status: "FAILED",
    statusMessage: "Stopped",
    options: { maxTotalChargeUsd: 2 },
    usageTotalUsd: 2,
  });
  const failing = (methods: Partial<ApifyClient> = {}): ApifyClient =>
    startingClient({
      getRun: () => Promise.resolve(aRun({ status: "FAILED", exitCode: 3 })),
      getRunLogTail: () => Promise.resolve(["the last line"]),
      ...methods,
    });

  it('records it with onFailure "continue", says all about it and fails nothing', async () => {
    const context = testContext(failing());
    const given: CheckedArgs = { ...args, onFailure: "continue" };
    const state = await create(context, given);
    assert.equal(state.run.status, "FAILED");
    assert.equal(state.onFailure, "continue");
    const said = context.lines[1]?.split("\n") ?? [];
    assert.deepEqual(said, [
      "Run run1 ended with status FAILED (exit code 3)",
      `See ${state.links.console}`,
      "The end of its log:",
      "  the last line",
      'The failed run is recorded (`onFailure: "continue"`). The next `pulumi up` runs the task again.',
    ]);
    assert.deepEqual(decide(state, given, at()), {
      action: "rerun",
      reasons: [{ property: "status" }],
    });
  });

  it("has the data of the last good run kept from a purge then, but not otherwise", async () => {
    const ended = aState({ id: "good" }, { onDelete: "purge" });
    for (const [status, deletions] of [
      ["FAILED", 0],
      ["SUCCEEDED", 4],
    ] as const) {
      let deleted = 0;
      const deleting = (): Promise<void> => {
        deleted++;
        return Promise.resolve();
      };
      const client = failing({
        getRun: (id) => Promise.resolve(aRun({ id, status: id === "good" ? "SUCCEEDED" : status })),
        deleteRun: deleting,
        deleteStorage: deleting,
      });
      const context = testContext(client);
      context.ledger.recordDeclaration(owner, "new");
      context.ledger.recordDecision(owner, ended, {
        action: "rerun",
        reasons: [{ property: "input" }],
      });
      await create(context, { ...args, onFailure: "continue", onDelete: "purge" });
      await deleteTaskRun(context, ended);
      assert.equal(deleted, deletions);
      const line = 'Run good and its data are not purged (`onDelete: "purge"`), because';
      assert.equal(
        context.lines.some((each) => each.startsWith(line)),
        status === "FAILED",
      );
    }
  });

  it("has the data of the last good run kept from a purge while nobody waits for the next one", async () => {
    const context = testContext(
      startingClient({ getRun: () => Promise.resolve(aRun({ id: "good", status: "SUCCEEDED" })) }),
    );
    context.ledger.recordDeclaration(owner, "new");
    await create(context, { ...args, waitSecs: 0, onDelete: "purge" });
    await deleteTaskRun(context, aState({ id: "good" }, { onDelete: "purge" }));
    assert.match(context.lines.at(-1) ?? "", /^Run good and its data are not purged \(`onDelete/);
  });

  it('records nothing with onFailure "fail"', async () => {
    await plainErrorOf(create(testContext(failing()), { ...args, onFailure: "fail" }));
  });

  it("takes it for good when its status is accepted", async () => {
    const given: CheckedArgs = { ...args, acceptStatuses: ["SUCCEEDED", "FAILED"] };
    const context = testContext(failing());
    assert.equal((await create(context, given)).run.status, "FAILED");
    assert.equal(context.lines.length, 1);
  });

  it("takes a run that succeeded for bad when that is not accepted", async () => {
    const getRun = (): Promise<typeof limited> => Promise.resolve(aRun({ status: "SUCCEEDED" }));
    const context = testContext(failing({ getRun }));
    const error = await plainErrorOf(create(context, { ...args, acceptStatuses: ["ABORTED"] }));
    assert.match(error.message, /^Run run1 ended with status SUCCEEDED\n/);
  });

  it("adds the status to those that are accepted already, and claims nothing of an Actor that failed itself", async () => {
    const first = testContext(failing({ getRun: () => Promise.resolve(limited) }));
    const given: CheckedArgs = { ...args, acceptStatuses: ["SUCCEEDED", "TIMED-OUT"] };
    const { message } = await plainErrorOf(create(first, given));
    assert.match(message, /acceptStatuses: \["SUCCEEDED", "TIMED-OUT", "FAILED"\]`\.$/m);
    const failed = { ...limited, exitCode: 1 };
    const second = testContext(failing({ getRun: () => Promise.resolve(failed) }));
    const [, line] = (await plainErrorOf(create(second, args))).message.split("\n");
    assert.equal(
      line,
      "In addition, the run had used up `maxTotalChargeUsd` (2 of 2 USD), and Apify stops a run at that limit.",
    );
  });

  it("says that a limit of the user's own ended it, and what to do", async () => {
    const context = testContext(failing({ getRun: () => Promise.resolve(limited) }));
    const error = await plainErrorOf(create(context, args));
    assert.deepEqual(error.message.split("\n").slice(0, 2), [
      "Run run1 ended with status FAILED: Stopped",
      'The Actor has not failed: the run had used up `maxTotalChargeUsd` (2 of 2 USD), and Apify stops a run at that limit. Raise the limit, or accept the status: `acceptStatuses: ["SUCCEEDED", "FAILED"]`.',
    ]);
  });
});
