import assert from "node:assert/strict";
import { check } from "../../../../provider/resources/taskRun/check";
import { create } from "../../../../provider/resources/taskRun/create";
import { deleteTaskRun } from "../../../../provider/resources/taskRun/delete";
import { read } from "../../../../provider/resources/taskRun/read";
import { update } from "../../../../provider/resources/taskRun/update";
import { aRun } from "../../../support/run";
import { aState, startingClient, testContext } from "../../support/taskRuns";
import { task } from "../../support/trackedThings";
import type { Account } from "../../../../provider/resources/account";
import type { TaskRunContext } from "../../../../provider/resources/taskRun/taskRunContext";
import type { CheckedArgs } from "../../../../provider/resources/taskRun/state";

const args: CheckedArgs = { actorTaskId: "janedoe~scrape", account: "partner" };
const live = aState({ status: "RUNNING" }, { account: "partner" });

describe("the account that a TaskRun names", () => {
  const operations: Readonly<Record<string, (context: TaskRunContext) => Promise<unknown>>> = {
    check: (context) => check(context, {}, { ...args, trackTask: true }),
    create: (context) => create(context, args),
    read: (context) => read(context, "run1", live),
    update: (context) => update(context, live, args),
    delete: (context) => deleteTaskRun(context, live),
  };
  for (const [name, operate] of Object.entries(operations)) {
    it(`is the one that ${name} works with, and no other`, async () => {
      const run = aRun({ status: "SUCCEEDED" });
      const context = testContext(
        startingClient({
          getRun: () => Promise.resolve(run),
          getTask: () => Promise.resolve(task),
        }),
      );
      const asked = new Set<string | undefined>();
      const account = (given?: string): Account => {
        asked.add(given);
        return context.account();
      };
      await operate({ ...context, account });
      assert.deepEqual([...asked], ["partner"]);
    });
  }
});
