import assert from "node:assert/strict";
import { parseMillis, systemClock } from "../../../provider/apify/clock";

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

describe("a date", () => {
  it("is read from an HTTP header", () => {
    assert.equal(parseMillis("Wed, 21 Oct 2015 07:28:00 GMT"), Date.UTC(2015, 9, 21, 7, 28));
  });

  it("is read from ISO 8601", () => {
    assert.equal(parseMillis("2015-10-21T07:28:00.5Z"), Date.UTC(2015, 9, 21, 7, 28, 0, 500));
  });

  it("is that of the epoch when it says so", () => {
    assert.equal(parseMillis("Thu, 01 Jan 1970 00:00:00 GMT"), 0);
  });

  for (const text of [undefined, null, "", "today"]) {
    it(`is not known from ${JSON.stringify(text)}`, () => {
      assert.equal(parseMillis(text), undefined);
    });
  }
});
