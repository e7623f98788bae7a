import assert from "node:assert/strict";
import { ApifyError, ApifyNoResponseError } from "../../../../provider/apify/errors";
import { create } from "../../../../provider/resources/taskRun/create";
import { createAutoClock } from "../../../support/fakeClock";
import { aRun } from "../../../support/run";
import {
  consoleUrl,
  errorOf,
  partialFailureOf,
  plainErrorOf,
  startingClient,
  testContext,
} from "../../support/taskRuns";
import type { ApifyClient } from "../../../../provider/apify/client";
import type { Args } from "../../../../provider/resources/taskRun/argumentTable";
import type { TestContext } from "../../support/taskRuns";

const args: Args = { actorTaskId: "janedoe~scrape" };

describe("create, with an API that fails", () => {
  const place = { method: "GET", path: "/v2/actor-runs/run1" };
  const gone = new ApifyNoResponseError(place, "noResponse", "the connection was lost");
  const forbidden = new ApifyError(place, 403, { type: "x", message: "no", data: undefined });

  function creating(
    methods: Partial<ApifyClient>,
    more: Partial<Args> = {},
  ): {
    context: TestContext;
    state: Promise<unknown>;
  } {
    const context = testContext(startingClient(methods));
    return { context, state: create(context, { ...args, ...more }) };
  }

  it("says which run it started before it finds that the run cannot be read, and keeps it", async () => {
    const { context, state } = creating({
      startTaskRun: () => Promise.resolve({ outcome: "started", runId: "run1", run: undefined }),
      getRun: () => Promise.reject(forbidden),
    });
    const error = await partialFailureOf(state);
    const link = `${consoleUrl}/actors/runs/run1`;
    assert.deepEqual(context.lines, [`Run run1 started: ${link}`]);
    assert.equal(error.state.run.id, "run1");
    const lines = error.message.split("\n");
    assert.ok(
      lines[0]?.startsWith("Run run1 is still running; stopped waiting: Apify answered 403"),
    );
    assert.deepEqual(lines.slice(1, 3), ["It has not been read yet.", `See ${link}`]);
  });

  it("keeps the run when a poll is refused", async () => {
    const error = await partialFailureOf(
      creating({ getRun: () => Promise.reject(forbidden) }).state,
    );
    assert.equal(error.state.run.id, "run1");
    assert.ok(error.message.includes(forbidden.message), error.message);
  });

  it("keeps the run when the polls have had no response for ten minutes", async () => {
    const clock = createAutoClock();
    const client = startingClient({
      getRun: (_id, { withinSecs = 0 } = {}) => {
        clock.advance(withinSecs * 1000);
        return Promise.reject(gone);
      },
    });
    const error = await partialFailureOf(create(testContext(client, { clock }), args));
    assert.equal(error.state.run.id, "run1");
    assert.ok(error.message.includes(gone.message), error.message);
  });

  const failed = (): Promise<ReturnType<typeof aRun>> =>
    Promise.resolve(aRun({ status: "FAILED", exitCode: 1 }));

  it("still says how the run ended when its log cannot be read", async () => {
    const error = await plainErrorOf(
      creating({ getRun: failed, getRunLogTail: () => Promise.reject(gone) }).state,
    );
    assert.match(error.message, /^Run run1 ended with status FAILED \(exit code 1\)\n/);
    assert.match(error.message, /\nIts log could not be read\.\n/);
  });

  it("says when the log is empty", async () => {
    const error = await plainErrorOf(
      creating({ getRun: failed, getRunLogTail: () => Promise.resolve([]) }).state,
    );
    assert.match(error.message, /\nIts log is empty\.\n/);
  });

  it("quotes the last ten lines of the log", async () => {
    const getRunLogTail = (_id: string, lines: number): Promise<readonly string[]> =>
      Promise.resolve(Array.from({ length: lines }, (_, index) => `line ${index + 1}`));
    const error = await plainErrorOf(creating({ getRun: failed, getRunLogTail }).state);
    const quoted = error.message.split("\n").filter((line) => line.startsWith("  "));
    assert.equal(quoted.length, 10);
    assert.deepEqual([quoted[0], quoted.at(-1)], ["  line 1", "  line 10"]);
  });

  it("lets a defect of its own through as it is", async () => {
    const { state } = creating({ startTaskRun: () => Promise.reject(new TypeError("a defect")) });
    assert.ok((await errorOf(state)) instanceof TypeError);
  });
});
