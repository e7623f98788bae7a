import assert from "node:assert/strict";
import { deleteTaskRun } from "../../../provider/resources/taskRun/delete";
import { decide } from "../../../provider/resources/taskRun/decide";
import { read } from "../../../provider/resources/taskRun/read";
import { validate } from "../../../provider/resources/validate";
import { aRun } from "../../support/run";
import { aState, at, fakeClient, isUnknown, testContext } from "../support/taskRuns";
import { argsSchema } from "../../../provider/resources/taskRun/argumentTable";
import type { Args } from "../../../provider/resources/taskRun/argumentTable";

/** Arguments that an earlier version took, and that are refused now. */
const old: Partial<Args> = { maxItems: 0, maxTotalChargeUsd: 0 };
const args: Args = { actorTaskId: "janedoe~scrape", ...old };

describe("a state with arguments that are no longer taken", () => {
  it("is of arguments that are refused now", () => {
    const refused = validate(argsSchema, args, isUnknown).map(({ property }) => property);
    assert.deepEqual(refused.sort(), Object.keys(old).sort());
  });

  it("is compared with the program", () => {
    assert.deepEqual(decide(aState({}, old), args, at()), { action: "nothing" });
    assert.deepEqual(decide(aState({}, old), { ...args, maxItems: 1 }, at()), {
      action: "rerun",
      reasons: [{ property: "maxItems" }],
    });
  });

  it("is refreshed", async () => {
    const run = aRun({ status: "SUCCEEDED" });
    const context = testContext(fakeClient({ getRun: () => Promise.resolve(run) }));
    const state = await read(context, run.id, aState({}, old));
    assert.equal(state.run.id, run.id);
    assert.equal(state.maxItems, 0);
  });

  it("is deleted", async () => {
    const asked: string[] = [];
    const client = fakeClient({
      getRun: (id) => {
        asked.push(id);
        return Promise.resolve(aRun({ status: "SUCCEEDED" }));
      },
    });
    await deleteTaskRun(testContext(client), aState({}, old));
    await deleteTaskRun(testContext(client), aState({ status: "RUNNING" }, old));
    assert.ok(asked.length > 0, "it should have looked at the run");
  });
});
