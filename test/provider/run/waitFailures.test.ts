import assert from "node:assert/strict";
import { adviceOn } from "../../../provider/apify/advice";
import { ApifyError, ApifyNoResponseError } from "../../../provider/apify/errors";
import { aRun } from "../../support/run";
import { play } from "../support/waiting";
import type { RequestError } from "../../../provider/apify/errors";
import type { PollResponse } from "../support/waiting";

const place = { method: "GET", path: "/v2/actor-runs/run1" };
const running = { status: "RUNNING" };
const succeeded = { status: "SUCCEEDED" };

function answered(status: number): ApifyError {
  return new ApifyError(place, status, { type: "t", message: "m", data: undefined });
}

const notFound = answered(404);
const noResponse = new ApifyNoResponseError(place, "noResponse", "reset");
const certificate = new ApifyNoResponseError(place, "unreachable", "CERT_HAS_EXPIRED", {
  fault: "certificateDate",
});

function withAdvice(error: RequestError): string {
  const advice = adviceOn(error);
  assert.notEqual(advice, "");
  return `${error.message}. ${advice}`;
}

/** Each poll takes ten seconds, so that the time is easy to count. */
const tenSecs = { holds: () => 10 };

function times(count: number, answer: PollResponse): PollResponse[] {
  return Array.from({ length: count }, () => answer);
}

describe("waiting for a run that cannot be read", () => {
  for (const error of [
    notFound,
    answered(408),
    answered(429),
    answered(500),
    answered(599),
    noResponse,
  ]) {
    it(`goes on, and says why the run cannot be read: ${error.message}`, async () => {
      const { outcome, progress } = await play({
        answers: [running, error, succeeded],
        ...tenSecs,
      });
      assert.equal(outcome.outcome, "ended");
      assert.deepEqual(progress, [
        "RUNNING 0",
        "RUNNING 10",
        `RUNNING 20 (${error.message})`,
        "SUCCEEDED 30",
      ]);
    });
  }

  for (const [error, reason] of [
    ...[400, 401, 407, 499].map(
      (status) => [answered(status), withAdvice(answered(status))] as const,
    ),
    [certificate, withAdvice(certificate)],
    [new Error("a bug"), "a bug"],
    [Object.assign(new Error("not Apify's"), { status: 503, kind: "notFound" }), "not Apify's"],
  ] as const) {
    it(`ends at once after what does not pass, with what to do: ${reason}`, async () => {
      const { outcome, polls, progress } = await play({ answers: [error, succeeded] });
      assert.deepEqual(outcome, { outcome: "waitEnded", run: aRun(), reason });
      assert.equal(polls.length, 1);
      assert.deepEqual(progress, ["RUNNING 0"]);
    });
  }

  it("bears with a run that is not found for a minute, no longer", async () => {
    const found = await play({
      answers: [...times(5, notFound), succeeded] as [PollResponse],
      ...tenSecs,
    });
    assert.equal(found.outcome.outcome, "ended");
    const { outcome, tookSecs } = await play({ answers: [notFound], ...tenSecs });
    assert.deepEqual(outcome, {
      outcome: "missing",
      run: aRun(),
      reason: `the run could not be read for 60 s: ${withAdvice(notFound)}`,
    });
    assert.equal(tookSecs, 60);
  });

  for (const error of [noResponse, answered(503)]) {
    it(`bears with what passes for ten minutes, no longer: ${error.message}`, async () => {
      const late = await play({
        answers: [...times(59, error), succeeded] as [PollResponse],
        ...tenSecs,
      });
      assert.equal(late.outcome.outcome, "ended");
      const { outcome, tookSecs } = await play({ answers: [error], ...tenSecs });
      assert.deepEqual(outcome, {
        outcome: "waitEnded",
        run: aRun(),
        reason: `the run could not be read for 600 s: ${withAdvice(error)}`,
      });
      assert.equal(tookSecs, 600);
    });
  }

  for (const secs of [2, 10]) {
    it(`ends sooner when the client has tried for long enough: polls of ${secs} s`, async () => {
      const refused = new ApifyNoResponseError(place, "unreachable", "x", { withinSecs: 5 });
      const { outcome, tookSecs } = await play({
        answers: [running, refused],
        holds: () => secs,
      });
      assert.deepEqual(outcome, {
        outcome: "waitEnded",
        run: aRun(),
        reason: `the run could not be read for 5 s: ${withAdvice(refused)}`,
      });
      assert.equal(tookSecs, 2 * secs);
    });
  }

  it("tells whole seconds", async () => {
    const { outcome } = await play({ answers: [notFound], holds: () => 8.6 });
    assert.match(
      outcome.outcome === "ended" ? "" : outcome.reason,
      /^the run could not be read for 60 s/,
    );
  });

  it("counts from the last time the run was read", async () => {
    const answers = [...times(5, notFound), running, ...times(5, notFound), succeeded];
    const { outcome } = await play({ answers: answers as [PollResponse], ...tenSecs });
    assert.equal(outcome.outcome, "ended");
  });

  it("counts each kind of failure by itself", async () => {
    const answers = [
      ...times(50, noResponse),
      ...times(5, notFound),
      ...times(59, noResponse),
      succeeded,
    ];
    const { outcome } = await play({ answers: answers as [PollResponse], ...tenSecs });
    assert.equal(outcome.outcome, "ended");
  });

  it("does not hammer an API that fails at once", async () => {
    const { polls, tookSecs } = await play({ answers: [noResponse], holds: () => 0 });
    assert.equal(tookSecs, 600);
    assert.equal(polls.length, 601);
  });

  it("pauses for as long as Apify requested, and no longer than the wait may go on", async () => {
    const body = { type: "t", message: "m", data: undefined };
    const asking = (secs: number): ApifyError => new ApifyError(place, 429, body, secs * 1000);
    const holds = (): number => 0;
    const passing = await play({ answers: [asking(100), asking(0.5), succeeded], holds });
    assert.deepEqual(passing.sleeps, [100_000, 1_000]);
    const limited = await play({ answers: [asking(100)], limitSecs: 25, holds });
    assert.deepEqual(limited.sleeps, [25_000]);
    const endless = await play({ answers: [running, asking(90)], holds });
    assert.deepEqual(
      endless.sleeps,
      [1, 90, 90, 90, 90, 90, 90, 60].map((secs) => secs * 1000),
    );
  });

  it("ends at the limit all the same", async () => {
    const { outcome } = await play({ answers: [noResponse], limitSecs: 25, ...tenSecs });
    assert.equal(
      outcome.outcome === "waitEnded" && outcome.reason,
      "the limit of 25 s that `waitSecs` or `customTimeouts` sets is over",
    );
  });
});

describe("waiting for a run in a deployment that is interrupted", () => {
  const reason = "the deployment was interrupted";

  /** Stops the deployment while the n-th poll is under way. */
  function stopAt(nth: number) {
    const cancel = new AbortController();
    const onPoll = (poll: number): void => {
      if (poll === nth) cancel.abort();
    };
    return { signal: cancel.signal, onPoll };
  }

  it("ends without asking when it was interrupted before", async () => {
    const { outcome, polls } = await play({ answers: [running], signal: AbortSignal.abort() });
    assert.deepEqual(outcome, { outcome: "waitEnded", run: aRun(), reason });
    assert.deepEqual(polls, []);
  });

  it("has ended all the same when the run had", async () => {
    const signal = AbortSignal.abort();
    const { outcome } = await play({ first: succeeded, answers: [running], signal });
    assert.equal(outcome.outcome, "ended");
  });

  it("ends with the poll under way, whose failure does not matter then", async () => {
    for (const answer of [noResponse, new Error("a bug")]) {
      const { outcome, polls, progress, sleeps } = await play({
        answers: [running, answer],
        ...stopAt(2),
      });
      assert.deepEqual(outcome, { outcome: "waitEnded", run: aRun(), reason });
      assert.equal(polls.length, 2);
      assert.deepEqual(progress, ["RUNNING 0", "RUNNING 2"]);
      assert.deepEqual(sleeps, []);
    }
  });

  it("keeps what the poll under way still shows", async () => {
    const { outcome } = await play({
      answers: [{ ...running, statusMessage: "page 2" }],
      ...stopAt(1),
    });
    assert.equal(outcome.run.statusMessage, "page 2");
    assert.equal(outcome.outcome === "waitEnded" && outcome.reason, reason);
  });
});
