import assert from "node:assert/strict";
import { ApifyError, ApifyNoResponseError } from "../../../provider/apify/errors";
import { sendUntilAccepted } from "../../../provider/run/sendUntilAccepted";
import { createAutoClock, createFakeClock } from "../../support/fakeClock";
import { aRun } from "../../support/run";
import { fakeTask, untilPausing } from "../support/runs";
import type { Transient } from "../../../provider/apify/retry";
import type {
  TaskStartOptions,
  StartOutcome,
} from "../../../provider/apify/endpoints/startTaskRun";
import type { SendOptions, SendOutcome } from "../../../provider/run/sendUntilAccepted";

const place = { method: "POST", path: "/v2/actor-tasks/task1/runs" };
const started: StartOutcome = { outcome: "started", runId: "run1", run: aRun() };
const request: TaskStartOptions = { actorTaskId: "task1", userAgentNote: "(run-key x)" };

type Kind = Transient["kind"];

const answers = {
  final: [400, "invalid-input"],
  capacity: [402, "memory-limit-exceeded"],
  rate: [429, "rate-limit-exceeded"],
  unavailable: [409, "concurrent-update-detected"],
} as const satisfies Record<Kind | "final", readonly [number, string]>;

const reasons = {
  capacity: "all of the account's memory is in use",
  rate: "Apify is rate-limiting requests (429)",
  unavailable: "Apify did not accept the request this time",
} as const satisfies Record<Kind, string>;

function refused(kind: Kind | "final", retryAfterMillis?: number): StartOutcome {
  const [status, type] = answers[kind];
  const error = new ApifyError(
    place,
    status,
    { type, message: "m", data: undefined },
    retryAfterMillis,
  );
  return { outcome: "refused", error };
}

interface Sent {
  readonly result: SendOutcome;
  readonly requests: readonly TaskStartOptions[];
  readonly pauses: readonly number[];
  readonly said: readonly string[];
}

/** Sends a start that ends like these, one after the other; the last goes on for ever. */
async function send(outcomes: readonly StartOutcome[], patch: Partial<SendOptions> = {}) {
  const clock = createAutoClock({ random: 0 });
  const last = outcomes.at(-1);
  assert.ok(last);
  const starts = [...outcomes, ...Array.from({ length: 50 }, () => last)];
  const task = fakeTask({ starts });
  const said: string[] = [];
  const result = await sendUntilAccepted({
    client: task.client,
    clock,
    start: request,
    startWaitSecs: 600,
    onPause: (reason) => said.push(reason),
    ...patch,
  });
  const sent: Sent = { result, requests: task.startOptions, pauses: clock.sleeps, said };
  return sent;
}

describe("a start that waits to be accepted", () => {
  it("is sent once when it is accepted at once", async () => {
    const { result, requests, pauses, said } = await send([started]);
    assert.equal(result, started);
    assert.deepEqual(requests, [request]);
    assert.deepEqual([pauses, said], [[], []]);
  });

  it("is never sent again when nobody knows what became of it", async () => {
    const unknown: StartOutcome = {
      outcome: "unknown",
      error: new ApifyNoResponseError(place, "noResponse", "reset"),
    };
    const { result, requests } = await send([unknown, started]);
    assert.equal(result, unknown);
    assert.equal(requests.length, 1);
  });

  it("is not sent again when it would be refused again", async () => {
    const final = refused("final");
    const { result, requests, said } = await send([final, started]);
    assert.deepEqual(result, { ...final, tried: { attempts: 1, secs: 0, limitSecs: 600 } });
    assert.equal(requests.length, 1);
    assert.deepEqual(said, []);
  });

  for (const [kind, pauses] of [
    ["capacity", [2500, 5000, 10_000]],
    ["rate", [250, 500, 1000]],
    ["unavailable", [250, 500, 1000]],
  ] as const) {
    it(`is sent again, the same each time, with growing pauses while there is ${kind}`, async () => {
      const sent = await send([refused(kind), refused(kind), refused(kind), started]);
      assert.equal(sent.result, started);
      assert.deepEqual(sent.requests, [request, request, request, request]);
      assert.deepEqual(sent.pauses, pauses);
    });
  }

  it("waits as long as the server asks", async () => {
    assert.deepEqual((await send([refused("rate", 42_000), started])).pauses, [42_000]);
  });

  it("says before each pause why, and how much of the time is over", async () => {
    const { said } = await send([
      refused("capacity"),
      refused("rate", 3000),
      refused("unavailable"),
      started,
    ]);
    assert.deepEqual(said, [
      `${reasons.capacity}; waited 0 s of 600 s`,
      `${reasons.rate}; waited 2 s of 600 s`,
      `${reasons.unavailable}; waited 0 s of 120 s`,
    ]);
  });

  for (const kind of ["capacity", "rate"] as const) {
    it(`gives up on ${kind} before startWaitSecs are over, with the last refusal`, async () => {
      const last = refused(kind, 10_000);
      const { result, pauses } = await send([refused(kind, 10_000), last], { startWaitSecs: 30 });
      assert.deepEqual(result, { ...last, tried: { attempts: 3, secs: 20, limitSecs: 30 } });
      assert.deepEqual(pauses, [10_000, 10_000]);
    });

    it(`does not wait for ${kind} at all when startWaitSecs is 0`, async () => {
      const { requests, pauses } = await send([refused(kind), started], { startWaitSecs: 0 });
      assert.equal(requests.length, 1);
      assert.deepEqual(pauses, []);
    });
  }

  it("tries to get a connection for two minutes, whatever startWaitSecs is", async () => {
    for (const startWaitSecs of [0, 600]) {
      const { pauses } = await send([refused("unavailable", 40_000)], { startWaitSecs });
      assert.deepEqual(pauses, [40_000, 40_000]);
    }
  });

  it("tries no longer to get a connection than it is worth", async () => {
    const error = new ApifyNoResponseError(place, "unreachable", "ECONNREFUSED", { withinSecs: 5 });
    const { result, pauses } = await send([{ outcome: "refused", error }]);
    assert.deepEqual(pauses, [250, 500, 1000, 2000]);
    assert.equal(result.outcome === "refused" && result.tried.limitSecs, 5);
  });

  it("does not try again to get a connection that will fail the same way", async () => {
    const error = new ApifyNoResponseError(place, "unreachable", "x", { fault: "certificate" });
    const { requests } = await send([{ outcome: "refused", error }, started]);
    assert.equal(requests.length, 1);
  });

  it("has these two minutes each time, however long it waited for room before", async () => {
    const unavailable = refused("unavailable", 40_000);
    const outcomes = [
      refused("capacity", 500_000),
      unavailable,
      unavailable,
      refused("rate"),
      unavailable,
    ];
    const { result, said } = await send([...outcomes, started], { startWaitSecs: 1000 });
    assert.equal(result, started);
    assert.deepEqual(said, [
      `${reasons.capacity}; waited 0 s of 1000 s`,
      `${reasons.unavailable}; waited 0 s of 120 s`,
      `${reasons.unavailable}; waited 40 s of 120 s`,
      `${reasons.rate}; waited 580 s of 1000 s`,
      `${reasons.unavailable}; waited 0 s of 120 s`,
    ]);
  });

  it("measures the time from the first request on, whatever else the clock shows", async () => {
    const clock = createAutoClock({ random: 0 });
    clock.advance(1e9);
    const { said } = await send([refused("rate", 1500), refused("rate"), started], { clock });
    assert.deepEqual(said, [
      `${reasons.rate}; waited 0 s of 600 s`,
      `${reasons.rate}; waited 1 s of 600 s`,
    ]);
  });
});

describe("a start that waits while the deployment is interrupted", () => {
  it("is not sent again, nor waited for", async () => {
    const first = refused("capacity");
    const signal = AbortSignal.abort();
    const { result, requests, pauses, said } = await send([first, started], { signal });
    assert.deepEqual(result, { ...first, tried: { attempts: 1, secs: 0, limitSecs: 600 } });
    assert.equal(requests.length, 1);
    assert.deepEqual([pauses, said], [[], []]);
  });

  it("ends its pause and is not sent again", async () => {
    const cancel = new AbortController();
    const clock = createFakeClock({ random: 0 });
    const first = refused("capacity");
    const sending = send([first, started], { clock, signal: cancel.signal });
    await untilPausing(clock);
    cancel.abort();
    const { result, requests } = await sending;
    assert.deepEqual(result, { ...first, tried: { attempts: 1, secs: 0, limitSecs: 600 } });
    assert.equal(requests.length, 1);
    assert.deepEqual(clock.sleeps, [2500]);
  });
});
