import assert from "node:assert/strict";
import { create } from "../../../../provider/resources/taskRun/create";
import { update } from "../../../../provider/resources/taskRun/update";
import { partialFailureOf, plainErrorOf, startApify } from "../../support/taskRuns";
import type { Args } from "../../../../provider/resources/taskRun/argumentTable";
import type { TaskRunState } from "../../../../provider/resources/taskRun/state";
import type { TestApify } from "../../support/taskRuns";

const args: Args = { actorTaskId: "janedoe~scrape" };

describe("a deployment that is interrupted", () => {
  let apify: TestApify;
  let stop: AbortController;
  beforeEach(async () => {
    apify = await startApify();
    stop = new AbortController();
  });
  afterEach(() => apify.close());

  /** The state of a run that goes on. */
  function started(): Promise<TaskRunState> {
    return create(apify.context(), { ...args, waitSecs: 0 });
  }

  for (const given of [args, { ...args, waitSecs: 0 }]) {
    it(`before the start has started nothing, with waitSecs ${given.waitSecs ?? "unset"}`, async () => {
      stop.abort();
      const error = await plainErrorOf(create(apify.context({ signal: stop.signal }), given));
      assert.equal(error.message, "The deployment was interrupted; nothing was started.");
      assert.equal(apify.starts(), 0);
    });
  }

  it("while it looks has started nothing", async () => {
    apify.emulator.use(({ pathname }) => {
      if (pathname.endsWith("/runs")) stop.abort();
      return "pass";
    });
    const error = await plainErrorOf(create(apify.context({ signal: stop.signal }), args));
    assert.equal(error.message, "The deployment was interrupted; nothing was started.");
    assert.equal(apify.starts(), 0);
  });

  it("while the start is under way keeps the run, which is named", async () => {
    apify.emulator.use(({ method }) => {
      if (method === "POST") stop.abort();
      return "pass";
    });
    const context = apify.context({ signal: stop.signal });
    const error = await partialFailureOf(create(context, args));
    const [run, ...others] = apify.emulator.runs();
    assert.deepEqual(others, []);
    assert.equal(error.state.run.id, run?.id);
    assert.match(context.lines[0] ?? "", new RegExp(`^Run ${run?.id ?? ""} started: `));
  });

  it("while create waits keeps the run, which goes on", async () => {
    apify.whenPolled(() => {
      stop.abort();
    });
    const context = apify.context({ signal: stop.signal });
    const error = await partialFailureOf(create(context, args));
    const { run, links, expired, ...stored } = error.state;
    assert.deepEqual(stored, args);
    assert.equal(expired, false);
    assert.deepEqual(error.message.split("\n"), [
      `Run ${run.id} is still running; stopped waiting: the deployment was interrupted.`,
      "Its status when it was last read: READY",
      `See ${links.console}`,
      "The next `pulumi up` waits for this run; it does not start another.",
    ]);
    assert.deepEqual(
      apify.emulator.liveRuns().map(({ id }) => id),
      [run.id],
    );
    assert.equal(apify.emulator.writes().length, 1, "the run is not aborted");
  });

  it("while update waits keeps the run, with the new arguments", async () => {
    const state = await started();
    apify.whenPolled(() => {
      stop.abort();
    });
    const given: Args = { ...args, onDelete: "keep" };
    const updating = update(apify.context({ signal: stop.signal }), state, given);
    const error = await partialFailureOf(updating);
    assert.equal(error.state.run.id, state.run.id);
    assert.equal(error.state.onDelete, "keep");
    assert.match(error.message, /stopped waiting: the deployment was interrupted\./);
    assert.equal(apify.starts(), 1);
  });

  it("before update begins keeps the run without a request", async () => {
    const state = await started();
    apify.emulator.clearRequests();
    stop.abort();
    const updating = update(apify.context({ signal: stop.signal }), state, args);
    assert.equal((await partialFailureOf(updating)).state.run.id, state.run.id);
    assert.deepEqual(apify.emulator.requests, []);
  });

  it("is resumed by the next one, which starts no other run", async () => {
    apify.whenPolled(() => {
      stop.abort();
    });
    const { state } = await partialFailureOf(create(apify.context({ signal: stop.signal }), args));
    apify.whenPolled((runId) => {
      apify.emulator.finish(runId);
    });
    const { run } = await update(apify.context(), state, args);
    assert.deepEqual([run.id, run.status], [state.run.id, "SUCCEEDED"]);
    assert.equal(apify.starts(), 1);
  });
});
