import assert from "node:assert/strict";
import { systemClock } from "../../../provider/apify/clock";

describe("the system clock", () => {
  it("never goes backwards", () => {
    const first = systemClock.monotonicMillis();
    assert.ok(systemClock.monotonicMillis() >= first);
  });

  it("draws lots in [0, 1)", () => {
    for (let draw = 0; draw < 100; draw++) {
      const lot = systemClock.random();
      assert.ok(lot >= 0 && lot < 1);
    }
  });

  it("takes a negative sleep for none", async () => {
    await systemClock.sleep(-5);
  });

  it("ends a sleep as soon as its signal is aborted, without an error", async () => {
    const stop = new AbortController();
    const sleep = systemClock.sleep(60_000, stop.signal);
    stop.abort();
    await sleep;
  });

  it("does not sleep when the signal was aborted before", async () => {
    await systemClock.sleep(60_000, AbortSignal.abort());
  });

  it("keeps a sleep that is longer than Node's timers within their range", async () => {
    const warnings: string[] = [];
    const note = (warning: Error): void => void warnings.push(warning.name);
    process.on("warning", note);
    const stop = new AbortController();
    const sleep = systemClock.sleep(2 ** 40, stop.signal);
    stop.abort();
    await sleep;
    await new Promise(setImmediate);
    process.off("warning", note);
    assert.deepEqual(warnings, []);
  });
});
