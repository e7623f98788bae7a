import assert from "node:assert/strict";
import { ApifyError, ApifyNoAnswerError } from "../../provider/apify/errors";
import { create } from "../../provider/lifecycle/create";
import { PartialFailure, TaskRunError } from "../../provider/lifecycle/errors";
import { createAutoClock } from "../support/fakeClock";
import { aRun } from "../support/run";
import { consoleUrl, fakeClient, startApify, testContext } from "./support";
import type { ApifyClient } from "../../provider/apify/client";
import type { Args } from "../../provider/lifecycle/args";
import type { TestApify, TestContext } from "./support";

const args: Args = { actorTaskId: "janedoe~scrape" };

/** The error that something ends with. */
async function errorOf(failing: Promise<unknown>): Promise<Error> {
  const outcome = await failing.then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(outcome instanceof Error, "it should have failed");
  return outcome;
}

function plainErrorOf(failing: Promise<unknown>): Promise<Error> {
  return errorOf(failing).then((error) => {
    assert.ok(error instanceof TaskRunError, error.stack);
    assert.ok(!(error instanceof PartialFailure), "nothing is to be recorded");
    return error;
  });
}

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
    assert.deepEqual(apify.emulator.record(run.defaultKeyValueStoreId, "INPUT"), whole.input);
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
    assert.equal(run.meta?.userAgent, "pulumi-apify/test");
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
      ["POST"],
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
      assert.equal(lines[0], `Run ${run?.id ?? ""} ended as ${words}`);
      assert.equal(lines[1], `See ${link}`);
      assert.equal(lines[2], "The end of its log:");
      assert.equal(lines.at(-2), `  ACTOR: Status of the run: ${status}`);
      assert.equal(
        lines.at(-1),
        "The last good run, if there is one, is kept. The next `pulumi up` runs the task again.",
      );
    });
  }

  for (const [what, task, remedy] of [
    ["a task that is not there", "janedoe~nothing", 'Check actorTaskId "janedoe~nothing"'],
    ["an Actor that was not approved", "janedoe~unapproved", "https://console.example/approve"],
  ] as const) {
    it(`fails for ${what} without having started a run`, async () => {
      const error = await plainErrorOf(create(apify.context(), { ...args, actorTaskId: task }));
      assert.match(error.message, /^Nothing was started\. /);
      assert.ok(error.message.includes(remedy), error.message);
      assert.deepEqual(apify.emulator.runs(), []);
    });
  }

  it("sends the start request once, also when it is not known what became of it", async () => {
    apify.emulator.use(async ({ method }, { socket, serve }) => {
      if (method !== "POST") return "pass";
      await serve();
      socket.destroy();
      return "handled";
    });
    const error = await plainErrorOf(create(apify.context(), args));
    assert.match(
      error.message,
      /^It is not known whether a run of task janedoe~scrape was started/,
    );
    assert.equal(apify.emulator.runs().length, 1);
  });

  it("reads the run when only its id came back", async () => {
    const stop = apify.emulator.use(async ({ method }, { response, serve }) => {
      if (method !== "POST") return "pass";
      const { status, headers } = await serve();
      response.writeHead(status, { Location: headers.Location }).end("{");
      stop();
      return "handled";
    });
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

describe("create, with an API that fails", () => {
  const place = { method: "GET", path: "/v2/actor-runs/run1" };
  const gone = new ApifyNoAnswerError(place, "noAnswer", "the connection was lost");
  const forbidden = new ApifyError(place, 403, { type: "x", message: "no", data: undefined });

  function creating(
    methods: Partial<ApifyClient>,
    more: Partial<Args> = {},
  ): {
    context: TestContext;
    state: Promise<unknown>;
  } {
    const client = fakeClient({
      startTaskRun: () => Promise.resolve({ outcome: "started", runId: "run1", run: aRun() }),
      ...methods,
    });
    const context = testContext(client);
    return { context, state: create(context, { ...args, ...more }) };
  }

  it("names the run that was started and cannot be read", async () => {
    const { context, state } = creating({
      startTaskRun: () => Promise.resolve({ outcome: "started", runId: "run1", run: undefined }),
      getRun: () => Promise.reject(forbidden),
    });
    const error = await errorOf(state);
    assert.ok(error instanceof TaskRunError, error.stack);
    const link = `${consoleUrl}/actors/runs/run1`;
    assert.deepEqual(context.lines, [`Run run1 started: ${link}`]);
    assert.ok(error.message.startsWith("Run run1 was started but cannot be read: "), error.message);
    assert.ok(error.message.includes(link), error.message);
  });

  for (const failure of [gone, forbidden]) {
    it(`keeps the run when a poll ends with: ${failure.message}`, async () => {
      const error = await errorOf(creating({ getRun: () => Promise.reject(failure) }).state);
      assert.ok(error instanceof PartialFailure, error.stack);
      assert.equal(error.state.run.id, "run1");
      assert.ok(error.message.includes(failure.message), error.message);
    });
  }

  const failed = (): Promise<ReturnType<typeof aRun>> =>
    Promise.resolve(aRun({ status: "FAILED", exitCode: 1 }));

  it("still says how the run ended when its log cannot be read", async () => {
    const error = await plainErrorOf(
      creating({ getRun: failed, getRunLog: () => Promise.reject(gone) }).state,
    );
    assert.match(error.message, /^Run run1 ended as FAILED \(exit code 1\)\n/);
    assert.match(error.message, /\nIts log could not be read\.\n/);
  });

  it("says when the log is empty", async () => {
    const error = await plainErrorOf(
      creating({ getRun: failed, getRunLog: () => Promise.resolve("\n") }).state,
    );
    assert.match(error.message, /\nIts log is empty\.\n/);
  });

  it("quotes the last ten lines of the log", async () => {
    const log = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`).join("\n");
    const error = await plainErrorOf(
      creating({ getRun: failed, getRunLog: () => Promise.resolve(log) }).state,
    );
    const quoted = error.message.split("\n").filter((line) => line.startsWith("  "));
    assert.equal(quoted.length, 10);
    assert.deepEqual([quoted[0], quoted.at(-1)], ["  line 21", "  line 30"]);
  });

  it("lets a defect of its own through as it is", async () => {
    const { state } = creating({ startTaskRun: () => Promise.reject(new TypeError("a defect")) });
    assert.ok((await errorOf(state)) instanceof TypeError);
  });
});

describe("the time that create waits", () => {
  const limits: readonly (readonly [number | undefined, number | undefined, number])[] = [
    [4, undefined, 4],
    [undefined, 4, 4],
    [4, 60, 4],
    [60, 4, 4],
    [60, 0, 0],
  ];
  for (const [waitSecs, create_, expected] of limits) {
    const shown = `waitSecs ${waitSecs ?? "unset"} and customTimeouts.create ${create_ ?? "unset"}`;
    it(`is ${expected} s with ${shown}`, async () => {
      const clock = createAutoClock();
      const client = fakeClient({
        startTaskRun: () => Promise.resolve({ outcome: "started", runId: "run1", run: aRun() }),
        getRun: (_id, { waitSecs: secs = 0 } = {}) => {
          clock.advance(secs * 1000);
          return Promise.resolve(aRun());
        },
      });
      const timeLimitSecs = { update: 1, ...(create_ === undefined ? {} : { create: create_ }) };
      const context = testContext(client, { clock, timeLimitSecs });
      const began = clock.monotonicMillis();
      const error = await errorOf(create(context, { ...args, waitSecs }));
      assert.ok(error instanceof PartialFailure, error.stack);
      assert.equal(clock.monotonicMillis() - began, expected * 1000);
    });
  }

  it("lets the run go on and keeps it, with full arguments and outputs", async () => {
    const clock = createAutoClock();
    const client = fakeClient({
      startTaskRun: () => Promise.resolve({ outcome: "started", runId: "run1", run: aRun() }),
      getRun: () => {
        clock.advance(2000);
        return Promise.resolve(aRun({ statusMessage: "page 3" }));
      },
    });
    const given = { ...args, input: { a: 1 }, waitSecs: 2 };
    const error = await errorOf(create(testContext(client, { clock }), given));
    assert.ok(error instanceof PartialFailure, error.stack);
    const { run, links, expired, ...stored } = error.state;
    assert.deepEqual(stored, given);
    assert.deepEqual(run, aRun({ statusMessage: "page 3" }));
    assert.equal(expired, false);
    assert.deepEqual(error.message.split("\n"), [
      "Run run1 goes on, but waiting for it ended: the wait limit of 2 s is over.",
      `It was RUNNING: page 3 when last seen: ${links.console}`,
      "The next `pulumi up` waits for this same run; it starts no other.",
    ]);
  });

  it("shows how the wait goes on", async () => {
    const clock = createAutoClock();
    let polls = 0;
    const client = fakeClient({
      startTaskRun: () => Promise.resolve({ outcome: "started", runId: "run1", run: aRun() }),
      getRun: (_id, { waitSecs = 0 } = {}) => {
        clock.advance(waitSecs * 1000);
        polls++;
        const status = polls === 3 ? "SUCCEEDED" : "RUNNING";
        return Promise.resolve(aRun({ status, statusMessage: `page ${polls}` }));
      },
    });
    const context = testContext(client, { clock });
    await create(context, args);
    assert.deepEqual(context.statuses, [
      "starting task janedoe~scrape",
      "RUNNING for 0s",
      "RUNNING for 2s: page 1",
      "RUNNING for 7s: page 2",
      "SUCCEEDED after 17s: page 3",
    ]);
  });
});
