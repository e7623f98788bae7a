import assert from "node:assert/strict";
import { create } from "../../../../provider/resources/taskRun/create";
import { runKey } from "../../../../provider/run/runKey";
import { consoleUrl, owner, plainErrorOf, startApify } from "../../support/taskRuns";
import type { Args } from "../../../../provider/resources/taskRun/argumentTable";
import type { TestApify } from "../../support/taskRuns";

const args: Args = { actorTaskId: "janedoe~scrape" };

describe("create", () => {
  let apify: TestApify;
  beforeEach(async () => {
    apify = await startApify();
  });
  afterEach(() => apify.close());

  it("starts one run with what was declared, waits for it and gives its state", async () => {
    const whole: Args = {
      actorTaskId: "janedoe~scrape",
      input: { depth: 2 },
      build: "latest",
      timeoutSecs: 60,
      memoryMbytes: 512,
      maxItems: 7,
      maxTotalChargeUsd: 1.5,
      restartOnError: true,
      webhooks: [{ eventTypes: ["ACTOR.RUN.FAILED"], requestUrl: "https://hook.example" }],
    };
    apify.whenPolled((runId) => {
      apify.emulator.finish(runId);
    });
    const state = await create(apify.context(), whole);

    const [write, ...others] = apify.emulator.writes();
    assert.deepEqual(others, []);
    assert.equal(write?.pathname, "/v2/actor-tasks/janedoe~scrape/runs");
    const { run, links, expired, ...stored } = state;
    assert.deepEqual(stored, whole);
    assert.equal(expired, false);
    assert.equal(run.status, "SUCCEEDED");
    const real = apify.emulator.run(run.id);
    assert.deepEqual(apify.emulator.webhooks(run.id), whole.webhooks);
    assert.deepEqual(apify.emulator.record(run.defaultKeyValueStoreId ?? "", "INPUT"), whole.input);
    assert.equal(real?.options.memoryMbytes, 512);
    assert.equal(real.options.timeoutSecs, 60);
    assert.equal(real.options.maxItems, 7);
    assert.equal(real.options.maxTotalChargeUsd, 1.5);
    assert.equal(real.options.restartOnError, true);
    assert.deepEqual(links, {
      console: `${consoleUrl}/actors/tasks/${real.actorTaskId ?? ""}/runs/${run.id}`,
      datasetConsole: `${consoleUrl}/storage/datasets/${run.defaultDatasetId}`,
      datasetItems: `${apify.emulator.url}/v2/datasets/${run.defaultDatasetId}/items`,
    });
  });

  it("never stores the address of whoever started the run", async () => {
    apify.whenPolled((runId) => {
      apify.emulator.finish(runId);
    });
    const { run } = await create(apify.context(), args);
    assert.notEqual(apify.emulator.run(run.id)?.meta.clientIp, null);
    assert.equal(run.meta?.clientIp, undefined);
  });

  it("has Apify store the key of the intent with the run", async () => {
    const given = { ...args, input: { a: 1 }, memoryMbytes: 512, waitSecs: 0 };
    const { run } = await create(apify.context(), given);
    assert.equal(
      apify.emulator.run(run.id)?.meta.userAgent,
      `pulumi-apify/test (run-key ${runKey(owner, given)})`,
    );
  });

  it("says which task it starts, and which run it started before it waits", async () => {
    const context = apify.context();
    const seen: string[][] = [];
    apify.whenPolled((runId) => {
      seen.push([...context.lines]);
      apify.emulator.finish(runId);
    });
    const { run, links } = await create(context, args);
    assert.equal(context.statuses[0], "starting task janedoe~scrape");
    assert.deepEqual(seen, [[`Run ${run.id} started: ${links.console}`]]);
  });

  it("does not wait when it is not to", async () => {
    const context = apify.context();
    const { run } = await create(context, { ...args, waitSecs: 0 });
    assert.equal(run.status, "READY");
    assert.deepEqual(
      apify.emulator.requests.map(({ method }) => method),
      ["GET", "POST"],
    );
  });

  for (const [status, exitCode, words] of [
    ["FAILED", 3, "FAILED: No proxy left (exit code 3)"],
    ["ABORTED", 0, "ABORTED: No proxy left"],
    ["TIMED-OUT", 0, "TIMED-OUT: No proxy left"],
  ] as const) {
    it(`records nothing of a run that ends as ${status}, and says all about it`, async () => {
      apify.whenPolled((runId) => {
        apify.emulator.finish(runId, { status, exitCode, statusMessage: "No proxy left" });
      });
      const context = apify.context();
      const error = await plainErrorOf(create(context, args));
      const [run] = apify.emulator.runs();
      const link = `${consoleUrl}/actors/tasks/${run?.actorTaskId ?? ""}/runs/${run?.id ?? ""}`;
      const lines = error.message.split("\n");
      assert.equal(lines[0], `Run ${run?.id ?? ""} ended with status ${words}`);
      assert.equal(lines[1], `See ${link}`);
      assert.equal(lines[2], "The end of its log:");
      assert.deepEqual(lines.slice(-3), [
        `  ACTOR: Status of the run: ${status}`,
        "The last good run, if there is one, is kept. Correct the cause before the next `pulumi up`, which runs the task again.",
        'Pulumi marks the stack\'s outputs with "-", but they are not deleted: run `pulumi stack output` to see them.',
      ]);
    });
  }

  for (const [what, task, remedy] of [
    ["a task that is not there", "janedoe~nothing", 'Check `actorTaskId` "janedoe~nothing"'],
    ["an Actor that was not approved", "janedoe~unapproved", "https://console.example/approve"],
  ] as const) {
    it(`fails for ${what} without having started a run`, async () => {
      const error = await plainErrorOf(create(apify.context(), { ...args, actorTaskId: task }));
      assert.match(error.message, /^Nothing was started\. /);
      assert.ok(error.message.includes(remedy), error.message);
      assert.deepEqual(apify.emulator.runs(), []);
    });
  }

  it("starts one run, and finds it, when the response to the start is lost", async () => {
    const context = apify.context();
    apify.emulator.faults.inject({
      endpoint: "startRun",
      fault: { kind: "reset", when: "afterWork" },
    });
    const { run } = await create(context, { ...args, waitSecs: 0 });
    assert.equal(apify.starts(), 1);
    assert.deepEqual(
      apify.emulator.runs().map(({ id }) => id),
      [run.id],
    );
    const how = "started (the response was lost, and the run was found by its run key)";
    assert.deepEqual(context.lines, [
      `Run ${run.id} ${how}: ${consoleUrl}/actors/tasks/${run.actorTaskId}/runs/${run.id}`,
    ]);
  });

  it("reads the run when only its id came back", async () => {
    apify.emulator.faults.inject({ endpoint: "startRun", fault: { kind: "cutBody" } });
    apify.whenPolled((runId) => {
      apify.emulator.finish(runId);
    });
    const { run } = await create(apify.context(), args);
    assert.equal(run.status, "SUCCEEDED");
    assert.deepEqual(
      apify.emulator.runs().map(({ id }) => id),
      [run.id],
    );
  });
});
