import assert from "node:assert/strict";
import { ApifyError } from "../../../provider/apify/errors";
import { waitForEnd } from "../../../provider/run/waitForEnd";
import { createAutoClock } from "../../support/fakeClock";
import { aRun } from "../../support/run";
import { play } from "../support/waiting";
import type { PollResponse } from "../support/waiting";

const running = { status: "RUNNING" };
const succeeded = { status: "SUCCEEDED" };

describe("waiting for a run", () => {
  it("asks for nothing when the run has ended already", async () => {
    const { outcome, polls } = await play({ first: succeeded, answers: [running] });
    assert.deepEqual(polls, []);
    assert.equal(outcome.outcome, "ended");
  });

  for (const status of ["SUCCEEDED", "FAILED", "TIMED-OUT", "ABORTED"]) {
    it(`ends when the run is ${status}, with the run as it was read then`, async () => {
      const { outcome } = await play({ answers: [running, { status, exitCode: 7 }] });
      assert.equal(outcome.outcome, "ended");
      assert.equal(outcome.run.status, status);
      assert.equal(outcome.run.exitCode, 7);
    });
  }

  for (const status of ["READY", "RUNNING", "TIMING-OUT", "ABORTING", "HIBERNATING"]) {
    it(`goes on while the run is ${status}`, async () => {
      const { outcome, polls } = await play({ answers: [{ status }, { status }, succeeded] });
      assert.equal(outcome.outcome, "ended");
      assert.equal(polls.length, 3);
    });
  }

  it("follows a run whose status goes backwards", async () => {
    const { outcome, polls } = await play({ answers: [running, { status: "READY" }, succeeded] });
    assert.equal(outcome.outcome, "ended");
    assert.equal(polls.length, 3);
  });

  it("polls briefly at first, and where nobody watches for 45 s later", async () => {
    const { polls } = await play({ answers: [running], limitSecs: 172 });
    assert.deepEqual(polls, [2, 5, 10, 20, 45, 45, 45]);
  });

  it("polls no longer than it may at the time", async () => {
    const most = [60, 5, 5, 7, 5, 5];
    const { polls } = await play({
      answers: [running, running, running, running, running, succeeded],
      longestPollSecs: () => most.shift() ?? 0,
    });
    assert.deepEqual(polls, [2, 5, 5, 7, 5, 5]);
  });

  it("polls briefly again after a poll that failed", async () => {
    const failure = new ApifyError({ method: "GET", path: "/v2/actor-runs/run1" }, 502, {
      type: undefined,
      message: "bad gateway",
      data: undefined,
    });
    const { polls } = await play({
      answers: [running, running, running, failure, failure, running, running, succeeded],
    });
    assert.deepEqual(polls, [2, 5, 10, 20, 2, 2, 5, 10]);
  });

  it("sleeps between no two polls that the server holds back itself", async () => {
    const { sleeps } = await play({ answers: [running, running, succeeded] });
    assert.deepEqual(sleeps, []);
  });

  it("does not hammer a server that answers at once", async () => {
    const { polls, tookSecs } = await play({ answers: [running], limitSecs: 60, holds: () => 0 });
    assert.equal(tookSecs, 60);
    assert.equal(polls.length, 60);
  });

  it("sleeps only for what is left of the second", async () => {
    const { sleeps } = await play({ answers: [running, succeeded], holds: () => 0.75 });
    assert.deepEqual(sleeps, [250]);
    const whole = await play({ answers: [running, succeeded], holds: () => 1 });
    assert.deepEqual(whole.sleeps, []);
  });

  it("does not sleep once the run has ended", async () => {
    const { sleeps } = await play({ answers: [succeeded], holds: () => 0 });
    assert.deepEqual(sleeps, []);
  });

  it("stops at the limit and keeps the run as it was last read", async () => {
    const { outcome, polls, tookSecs } = await play({
      answers: [
        { ...running, statusMessage: "page 1" },
        { ...running, statusMessage: "page 2" },
      ],
      limitSecs: 6,
    });
    assert.deepEqual(polls, [2, 4]);
    assert.equal(tookSecs, 6);
    assert.equal(outcome.outcome, "waitEnded");
    assert.equal(outcome.run.statusMessage, "page 2");
    assert.equal(
      outcome.reason,
      "the limit of 6 s that `waitSecs` or `customTimeouts` sets is over",
    );
  });

  it("asks for whole seconds when the limit is none", async () => {
    const { polls } = await play({ answers: [running], limitSecs: 2.5 });
    assert.deepEqual(polls, [2, 1]);
  });

  it("asks for nothing when the limit is 0", async () => {
    const { outcome, polls } = await play({ answers: [running], limitSecs: 0 });
    assert.deepEqual(polls, []);
    assert.deepEqual(outcome, {
      outcome: "waitEnded",
      run: aRun(running),
      reason: "the limit of 0 s that `waitSecs` or `customTimeouts` sets is over",
    });
  });

  it("gives a poll half a minute more than the server holds back, but hardly more than is left", async () => {
    const { within } = await play({ answers: [running], limitSecs: 40, holds: (secs) => secs });
    assert.deepEqual(within, [32, 35, 38, 28, 8]);
    assert.deepEqual((await play({ answers: [succeeded] })).within, [32]);
    const uneven = await play({ answers: [running], limitSecs: 2.5 });
    assert.deepEqual(uneven.within, [8, 6]);
  });

  it("waits for days when there is no limit", async () => {
    const polls = 20_000;
    const { outcome, tookSecs } = await play({
      answers: [...Array.from({ length: polls }, () => running), succeeded] as [PollResponse],
    });
    assert.equal(outcome.outcome, "ended");
    assert.ok(tookSecs > 3 * 24 * 3600);
  });

  it("keeps a run that cannot be read any more, with the reason", async () => {
    const latest = { ...running, statusMessage: "page 1" };
    const { outcome } = await play({ answers: [latest, new Error("the network is down")] });
    assert.deepEqual(outcome, {
      outcome: "waitEnded",
      run: aRun(latest),
      reason: "the network is down",
    });
  });

  it("gives a reason even for what is no error", async () => {
    const outcome = await waitForEnd({
      clock: createAutoClock(),
      run: aRun(),
      limitSecs: undefined,
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- such things are thrown
      client: { getRun: () => Promise.reject("a text") },
      onProgress: () => undefined,
    });
    assert.equal(outcome.outcome === "waitEnded" && outcome.reason, "a text");
  });

  it("reports the run each time it is read, with the whole seconds waited so far", async () => {
    const { progress } = await play({
      first: { status: "READY" },
      answers: [running, running, succeeded],
      holds: (secs) => secs + 0.4,
    });
    assert.deepEqual(progress, ["READY 0", "RUNNING 2", "RUNNING 7", "SUCCEEDED 18"]);
  });
});
