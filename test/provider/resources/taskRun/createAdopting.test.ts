import assert from "node:assert/strict";
import { create } from "../../../../provider/resources/taskRun/create";
import { aRun } from "../../../support/run";
import {
  consoleUrl,
  fakeClient,
  plainErrorOf,
  startApify,
  testContext,
} from "../../support/taskRuns";
import type { Args } from "../../../../provider/resources/taskRun/argumentTable";
import type { TestApify } from "../../support/taskRuns";

const args: Args = { actorTaskId: "janedoe~scrape" };

describe("taking over the run that adoptRunId names", () => {
  let apify: TestApify;
  beforeEach(async () => {
    apify = await startApify();
  });
  afterEach(() => apify.close());

  /** A run that somebody else started. */
  async function startedElsewhere(actorTaskId = "janedoe~scrape"): Promise<string> {
    const outcome = await apify.client.startTaskRun({ actorTaskId, userAgentNote: "(by hand)" });
    assert.ok(outcome.outcome === "started");
    apify.emulator.clearRequests();
    return outcome.runId;
  }

  it("waits for it, starts none, and gives its state with the arguments", async () => {
    const runId = await startedElsewhere();
    apify.whenPolled(() => {
      apify.emulator.finish(runId);
    });
    const context = apify.context();
    const given = { ...args, adoptRunId: runId, input: { a: 1 } };
    const { run, links, expired, ...stored } = await create(context, given);
    assert.equal(run.id, runId);
    assert.equal(run.status, "SUCCEEDED");
    assert.equal(expired, false);
    assert.deepEqual(stored, given);
    assert.deepEqual(context.lines, [`Run ${runId} adopted (\`adoptRunId\`): ${links.console}`]);
    assert.deepEqual(apify.emulator.writes(), []);
  });

  it("uses a run that succeeded long ago, without waiting", async () => {
    const runId = await startedElsewhere();
    apify.emulator.finish(runId);
    const { run } = await create(apify.context(), { ...args, adoptRunId: runId });
    assert.equal(run.status, "SUCCEEDED");
    assert.deepEqual(
      apify.emulator.requests.map(({ pathname }) => pathname),
      [`/v2/actor-runs/${runId}`, "/v2/actor-tasks/janedoe~scrape"],
    );
  });

  it("does not wait for it when it is not to", async () => {
    const runId = await startedElsewhere();
    const { run } = await create(apify.context(), { ...args, adoptRunId: runId, waitSecs: 0 });
    assert.deepEqual([run.id, run.status], [runId, "READY"]);
  });

  it("notes who has the run", async () => {
    const runId = await startedElsewhere();
    const context = apify.context();
    await create(context, { ...args, adoptRunId: runId, waitSecs: 0 });
    assert.equal(context.ledger.isInUse(runId), true);
  });

  for (const waitSecs of [undefined, 0]) {
    it(`fails for a run that failed, with waitSecs ${waitSecs ?? "unset"}, and says how to run again`, async () => {
      const runId = await startedElsewhere();
      apify.emulator.finish(runId, { exitCode: 3 });
      const error = await plainErrorOf(
        create(apify.context(), { ...args, adoptRunId: runId, waitSecs }),
      );
      const lines = error.message.split("\n");
      assert.match(lines[0] ?? "", new RegExp(`^Run ${runId} ended with status FAILED`));
      assert.deepEqual(lines.slice(-2), [
        "The last good run, if there is one, is kept. Remove `adoptRunId`: `pulumi up` then uses the last good run, or runs the task if there is none.",
        'Pulumi marks the stack\'s outputs with "-", but they are not deleted: run `pulumi stack output` to see them.',
      ]);
      assert.deepEqual(apify.emulator.writes(), []);
    });
  }

  it("refuses a run that Apify does not know", async () => {
    const context = apify.context();
    const error = await plainErrorOf(create(context, { ...args, adoptRunId: "nothing" }));
    assert.equal(
      error.message,
      "Run nothing (`adoptRunId`) cannot be adopted: it does not exist on Apify, or the token's account cannot see it. Nothing was started. Check `adoptRunId` and the token.",
    );
    assert.deepEqual(context.lines, []);
    assert.deepEqual(apify.emulator.writes(), []);
    assert.equal(context.ledger.isInUse("nothing"), false);
  });

  it("refuses a run of another task, and names both tasks", async () => {
    const runId = await startedElsewhere("janedoe~other");
    const taken = apify.emulator.run(runId)?.actorTaskId ?? "";
    const task = await apify.client.getTask("janedoe~scrape");
    const error = await plainErrorOf(create(apify.context(), { ...args, adoptRunId: runId }));
    assert.equal(
      error.message,
      `Run ${runId} (\`adoptRunId\`) cannot be adopted: it is a run of task ${taken}, but \`actorTaskId\` "janedoe~scrape" is task ${task.id}. Nothing was started. Correct \`adoptRunId\` or \`actorTaskId\`.`,
    );
    assert.deepEqual(apify.emulator.writes(), []);
  });

  it("refuses a run when there is no such task", async () => {
    const runId = await startedElsewhere();
    const given = { actorTaskId: "janedoe~nothing", adoptRunId: runId };
    const error = await plainErrorOf(create(apify.context(), given));
    assert.equal(
      error.message,
      `Run ${runId} (\`adoptRunId\`) cannot be adopted: task "janedoe~nothing" (\`actorTaskId\`) does not exist, or the token's account cannot see it. Nothing was started. Correct \`adoptRunId\` or \`actorTaskId\`.`,
    );
    assert.deepEqual(apify.emulator.writes(), []);
  });

  for (const actorTaskId of [undefined, null]) {
    it(`refuses a run that was started from no task (${String(actorTaskId)})`, async () => {
      const client = fakeClient({
        getRun: () => Promise.resolve(aRun({ actorTaskId })),
        getTask: (id) => apify.client.getTask(id),
      });
      const given = { ...args, adoptRunId: "run1" };
      const error = await plainErrorOf(create(testContext(client), given));
      assert.match(
        error.message,
        /cannot be adopted: it was not started from a task, but `actorTaskId`/,
      );
      const unknownTask = { actorTaskId: "janedoe~nothing", adoptRunId: "run1" };
      const other = await plainErrorOf(create(testContext(client), unknownTask));
      assert.match(
        other.message,
        /cannot be adopted: task "janedoe~nothing" \(`actorTaskId`\) does not exist/,
      );
    });
  }

  it("links the run in Apify Console by its task", async () => {
    const runId = await startedElsewhere();
    const { links } = await create(apify.context(), { ...args, adoptRunId: runId, waitSecs: 0 });
    const taskId = apify.emulator.run(runId)?.actorTaskId ?? "";
    assert.equal(links.console, `${consoleUrl}/actors/tasks/${taskId}/runs/${runId}`);
  });
});
