import assert from "node:assert/strict";
import { create } from "../../../../provider/resources/taskRun/create";
import { createDeploymentLedger } from "../../../../provider/resources/taskRun/deploymentLedger";
import { createAutoClock } from "../../../support/fakeClock";
import { aState, consoleUrl, owner, plainErrorOf, startApify } from "../../support/taskRuns";
import type { Args } from "../../../../provider/resources/taskRun/argumentTable";
import type { DeploymentLedger } from "../../../../provider/resources/taskRun/deploymentLedger";
import type { TestApify } from "../../support/taskRuns";

const args: Args = { actorTaskId: "janedoe~scrape", input: { a: 1 }, waitSecs: 0 };

describe("create, when the wanted run may be there already", () => {
  let apify: TestApify;
  beforeEach(async () => {
    apify = await startApify();
  });
  afterEach(() => apify.close());

  /** A run that an earlier deployment started and did not record. */
  async function startedBefore(given: Partial<Args> = {}, by = owner): Promise<string> {
    const { run } = await create(apify.context({ owner: by }), { ...args, ...given });
    apify.emulator.clearRequests();
    apify.time.advance(60_000);
    return run.id;
  }

  /** What a deployment knows that has decided to replace this run: one that ended long ago if Apify has none. */
  function ledgerOfReplaced(runId: string): DeploymentLedger {
    const ledger = createDeploymentLedger();
    const { startedAt = "2020-01-01T00:00:00.000Z" } = apify.emulator.run(runId) ?? {};
    const state = aState({ id: runId, startedAt });
    ledger.recordDecision(owner, state, { action: "rerun", reasons: [{ property: "input" }] });
    return ledger;
  }

  it("uses the live run of the same owner and arguments, and says so", async () => {
    const runId = await startedBefore();
    const context = apify.context();
    const { run } = await create(context, args);
    assert.equal(run.id, runId);
    assert.equal(apify.starts(), 0);
    assert.deepEqual(context.lines, [
      `Run ${runId} found by its run key (it was started earlier with the same arguments): ${consoleUrl}/actors/tasks/${run.actorTaskId}/runs/${runId}`,
    ]);
  });

  it("waits for the live run that it uses", async () => {
    const runId = await startedBefore();
    apify.whenPolled(() => {
      apify.emulator.finish(runId);
    });
    const { run } = await create(apify.context(), { ...args, waitSecs: undefined });
    assert.deepEqual([run.id, run.status], [runId, "SUCCEEDED"]);
    assert.equal(apify.starts(), 0);
  });

  it("uses it whatever the arguments that start no run have become", async () => {
    const runId = await startedBefore({ memoryMbytes: 512, onDelete: "keep" });
    const { run } = await create(apify.context(), { ...args, memoryMbytes: 1024 });
    assert.equal(run.id, runId);
  });

  for (const [what, given, by] of [
    ["another owner", {}, "acme/urn:others"],
    ["another organization", {}, "other/urn:prices"],
    ["another input", { input: { a: 2 } }, owner],
    ["another key", { idempotencyKey: "commit 1" }, owner],
  ] as const) {
    it(`starts a run of its own beside a live one of ${what}`, async () => {
      const runId = await startedBefore(given, by);
      const context = apify.context();
      const { run } = await create(context, args);
      assert.notEqual(run.id, runId);
      assert.equal(apify.starts(), 1);
      assert.equal(context.lines.length, 1);
    });
  }

  it("does not use a run that succeeded when no run is replaced, but names it in a line", async () => {
    const runId = await startedBefore();
    apify.emulator.finish(runId);
    const context = apify.context();
    const { run } = await create(context, args);
    assert.notEqual(run.id, runId);
    assert.equal(apify.starts(), 1);
    assert.equal(context.lines.length, 2);
    assert.match(
      context.lines[0] ?? "",
      new RegExp(`^Run ${runId} was started at .*status SUCCEEDED\\.`),
    );
    assert.ok(context.lines[0]?.includes(`\`adoptRunId\` to "${runId}"`), context.lines[0]);
    assert.match(context.lines[1] ?? "", new RegExp(`^Run ${run.id} started: `));
  });

  it("uses a run that succeeded and is newer than the replaced one", async () => {
    const replaced = await startedBefore({ input: { a: 0 } });
    apify.emulator.finish(replaced);
    const runId = await startedBefore();
    apify.emulator.finish(runId);
    const ledger = ledgerOfReplaced(replaced);
    const { run } = await create(apify.context({ ledger }), args);
    assert.deepEqual([run.id, run.status], [runId, "SUCCEEDED"]);
    assert.equal(apify.starts(), 0);
  });

  it("does not use a run that succeeded and is older than the replaced one", async () => {
    const runId = await startedBefore();
    apify.emulator.finish(runId);
    const replaced = await startedBefore({ input: { a: 0 } });
    apify.emulator.finish(replaced);
    const context = apify.context({ ledger: ledgerOfReplaced(replaced) });
    const { run } = await create(context, args);
    assert.notEqual(run.id, runId);
    assert.equal(apify.starts(), 1);
    assert.equal(context.lines.length, 1);
  });

  it("uses the replaced run when that turns out to be under way", async () => {
    const replaced = await startedBefore();
    const { run } = await create(apify.context({ ledger: ledgerOfReplaced(replaced) }), args);
    assert.equal(run.id, replaced);
    assert.equal(apify.starts(), 0);
  });

  it("does not use the replaced run once it has ended", async () => {
    const replaced = await startedBefore();
    apify.emulator.finish(replaced);
    const { run } = await create(apify.context({ ledger: ledgerOfReplaced(replaced) }), args);
    assert.notEqual(run.id, replaced);
    assert.equal(apify.starts(), 1);
  });

  it("does not use a run that is being stopped", async () => {
    const runId = await startedBefore();
    apify.emulator.setStatus(runId, { status: "ABORTING" });
    const { run } = await create(apify.context(), args);
    assert.notEqual(run.id, runId);
  });

  it("shares a run that succeeded with whoever gives the same idempotencyKey", async () => {
    const given = { ...args, idempotencyKey: "commit 1" };
    const runId = await startedBefore(given, "acme/urn:others");
    apify.emulator.finish(runId);
    const { run } = await create(apify.context(), given);
    assert.deepEqual([run.id, run.status], [runId, "SUCCEEDED"]);
    assert.equal(apify.starts(), 0);
  });

  for (const [what, secs] of [
    ["at once", 0],
    ["an hour later", 3600],
  ] as const) {
    it(`is one for all resources of a deployment with the same idempotencyKey, also when it is listed ${what}`, async () => {
      apify.emulator.changeSettings({ listLagMillis: secs * 1000 });
      const ledger = createDeploymentLedger();
      const given = { ...args, idempotencyKey: "commit 1" };
      const owners = ["acme/urn:a", "acme/urn:b", "acme/urn:c"];
      const contexts = owners.map((each) => apify.context({ owner: each, ledger }));
      const states = await Promise.all(contexts.map((context) => create(context, given)));
      assert.equal(new Set(states.map(({ run }) => run.id)).size, 1);
      assert.equal(apify.starts(), 1);
      const later = await create(apify.context({ owner: "acme/urn:d", ledger }), given);
      assert.equal(later.run.id, states[0]?.run.id);
      assert.equal(apify.starts(), 1);
    });
  }

  it("is started by another resource with the same idempotencyKey when the first is refused", async () => {
    const ledger = createDeploymentLedger();
    const given = { ...args, idempotencyKey: "commit 1" };
    const fault = {
      kind: "answer",
      work: "none",
      status: 400,
      type: "invalid-input",
      message: "m",
    };
    apify.emulator.faults.inject({ endpoint: "startRun", fault: fault as never });
    const [refused, started] = await Promise.allSettled(
      ["acme/urn:a", "acme/urn:b"].map((each) =>
        create(apify.context({ owner: each, ledger }), given),
      ),
    );
    assert.deepEqual([refused?.status, started?.status], ["rejected", "fulfilled"]);
    assert.equal(apify.starts(), 2);
    assert.equal(apify.emulator.runs().length, 1);
  });

  it("is not started by another resource when nobody knows whether the first has started it", async () => {
    const ledger = createDeploymentLedger();
    const given = { ...args, idempotencyKey: "commit 1" };
    const fault = { kind: "reset", when: "beforeWork" } as const;
    apify.emulator.faults.inject({ endpoint: "startRun", fault, times: 2 });
    const messages: string[] = [];
    for (const each of ["acme/urn:a", "acme/urn:b"]) {
      const error = await plainErrorOf(
        create(apify.context({ owner: each, ledger, clock: createAutoClock() }), given),
      );
      messages.push(error.message);
    }
    assert.match(messages[0] ?? "", /may have been started/);
    assert.equal(messages[1], messages[0]);
    assert.equal(apify.starts(), 2);
  });

  it("starts another run for the same idempotencyKey after one that failed", async () => {
    const given = { ...args, idempotencyKey: "commit 1" };
    const runId = await startedBefore(given);
    apify.emulator.finish(runId, { exitCode: 1 });
    const { run } = await create(apify.context(), given);
    assert.notEqual(run.id, runId);
    assert.equal(apify.starts(), 1);
  });

  it("records nothing of a run that fails between the look and the read, although nobody waits", async () => {
    const runId = await startedBefore();
    const stop = apify.emulator.use(({ pathname }) => {
      if (!pathname.startsWith("/v2/actor-runs/")) return "pass";
      stop();
      apify.emulator.finish(runId, { exitCode: 1 });
      return "pass";
    });
    const error = await plainErrorOf(create(apify.context(), args));
    assert.match(error.message, new RegExp(`^Run ${runId} ended with status FAILED`));
    assert.equal(apify.starts(), 0);
  });

  it("starts nothing when it cannot be seen whether the run is there", async () => {
    const message = "You may not list.";
    apify.emulator.faults.inject({
      endpoint: "listTaskRuns",
      times: Infinity,
      fault: { kind: "answer", work: "none", status: 403, type: "forbidden", message },
    });
    const error = await plainErrorOf(create(apify.context(), args));
    assert.match(error.message, /^Nothing was started\b/);
    assert.ok(error.message.includes(message), error.message);
    assert.equal(apify.starts(), 0);
  });

  /** A run that a deployment started which was killed, and that has ended since. */
  async function leftBehind(status: string): Promise<string> {
    const { run } = await create(apify.context(), args);
    apify.emulator.finish(run.id, { status });
    return run.id;
  }

  const found: readonly (readonly [string, Partial<Args>, string, boolean])[] = [
    ["is fresh", { maxAgeSecs: 3600 }, "SUCCEEDED", true],
    ["is too old", { maxAgeSecs: 60 }, "SUCCEEDED", false],
    ["had no tick since", { cron: "0 0 1 1 *" }, "SUCCEEDED", true],
    ["had a tick since", { cron: "* * * * *" }, "SUCCEEDED", false],
    ["ended with status it may", { acceptStatuses: ["ABORTED"] }, "ABORTED", true],
    ["ended with status it may not", { acceptStatuses: ["ABORTED"] }, "SUCCEEDED", false],
  ];
  for (const [what, given, status, isTaken] of found) {
    it(`${isTaken ? "uses" : "does not use"} one that ${what}`, async () => {
      const clock = createAutoClock();
      const runId = await leftBehind(status);
      const startedAt = Date.parse(apify.emulator.run(runId)?.startedAt ?? "");
      clock.advance(startedAt - clock.epochMillis() + 600_000);
      const context = apify.context({ ledger: ledgerOfReplaced("old"), clock });
      apify.whenPolled((id) => {
        apify.emulator.finish(id, { status });
      });
      const { run } = await create(context, {
        ...args,
        ...given,
        waitSecs: undefined,
        onFailure: "continue",
      });
      assert.equal(run.id === runId, isTaken);
    });
  }
});
