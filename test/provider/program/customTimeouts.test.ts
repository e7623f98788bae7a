import assert from "node:assert/strict";
import { durationSecs } from "../../../provider/program/customTimeouts";

describe("a duration of customTimeouts", () => {
  const good: readonly (readonly [string, number])[] = [
    ["90s", 90],
    ["5m", 300],
    ["1h30m", 5400],
    ["1h1m1s", 3661],
    ["1.5h", 5400],
    ["250ms", 0.25],
    ["0s", 0],
    ["2000000us", 2],
    ["2000000µs", 2],
    ["2000000000ns", 2],
  ];
  for (const [text, secs] of good) {
    it(`${text} is ${secs} seconds`, () => {
      const read = durationSecs(text);
      assert.ok(read !== undefined && Math.abs(read - secs) < 1e-9, String(read));
    });
  }

  for (const text of ["", "5", "5 m", "m5", "-5m", "5d", "1h,30m", "5m!", "forever"]) {
    it(`${JSON.stringify(text)} is none`, () => {
      assert.equal(durationSecs(text), undefined);
    });
  }
});
