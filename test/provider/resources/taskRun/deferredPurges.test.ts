import assert from "node:assert/strict";
import { create } from "../../../../provider/resources/taskRun/create";
import { deleteTaskRun } from "../../../../provider/resources/taskRun/delete";
import { errorOf, startApify } from "../../support/taskRuns";
import type { TaskRunState } from "../../../../provider/resources/taskRun/state";
import type { TestApify, TestContext } from "../../support/taskRuns";

const args = { actorTaskId: "janedoe~scrape", onDelete: "purge" } as const;

describe('a run with onDelete "purge" that is deleted before its successor is started', () => {
  let apify: TestApify;
  let old: TaskRunState;
  let context: TestContext;

  beforeEach(async () => {
    apify = await startApify();
    old = await createEnding("SUCCEEDED", apify.context(), { page: 1 });
    context = apify.context();
    context.ledger.recordDeclaration(context.owner, "existing");
    apify.emulator.clearRequests();
    await deleteTaskRun(context, old);
  });
  afterEach(() => apify.close());

  async function createEnding(
    status: string,
    of: TestContext,
    input: Record<string, unknown>,
  ): Promise<TaskRunState> {
    apify.whenPolled((runId) => {
      apify.emulator.finish(runId, { status });
    });
    return create(of, { ...args, input });
  }

  const deletions = (): number =>
    apify.emulator.writes().filter(({ method }) => method === "DELETE").length;

  it("is kept at first, and the row says so", () => {
    assert.equal(deletions(), 0);
    assert.deepEqual(context.lines, [
      `Run ${old.run.id} and its data are not purged yet (\`onDelete: "purge"\`): this deployment purges them once the run that replaces it is good.`,
    ]);
  });

  it("is purged once its successor has delivered, and not twice", async () => {
    await createEnding("SUCCEEDED", context, { page: 2 });
    assert.equal(apify.emulator.run(old.run.id), undefined);
    assert.equal(deletions(), 4);
    await createEnding("SUCCEEDED", context, { page: 3 });
    assert.equal(deletions(), 4);
  });

  it("stays when its successor fails, and the row says where", async () => {
    await errorOf(createEnding("FAILED", context, { page: 2 }));
    assert.equal(deletions(), 0);
    const line = `Run ${old.run.id} and its data are not purged (\`onDelete: "purge"\`), because the run that replaces it is not good. No later deployment purges them;`;
    assert.ok(context.lines.at(-1)?.startsWith(line), context.lines.at(-1));
  });

  it("fails nothing when it cannot be purged: the new run is to be recorded", async () => {
    apify.emulator.faults.inject({
      endpoint: "deleteRun",
      fault: { kind: "answer", work: "none", status: 403, type: "forbidden", message: "No." },
    });
    const state = await createEnding("SUCCEEDED", context, { page: 2 });
    assert.equal(state.run.status, "SUCCEEDED");
    const line = `Run ${old.run.id} was replaced but could not be purged: Not all data of run`;
    assert.ok(context.lines.at(-1)?.startsWith(line), context.lines.at(-1));
  });
});
