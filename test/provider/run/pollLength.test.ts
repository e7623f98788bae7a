import assert from "node:assert/strict";
import { createPollLength, longestPollSecs } from "../../../provider/run/pollLength";

describe("the length of polls", () => {
  for (const [waits, secs] of [
    [1, 5],
    [10, 5],
    [11, 6],
    [30, 15],
    [90, 45],
    [200, 45],
  ] as const) {
    it(`is a poll of ${secs} s for each of ${waits} runs at a terminal`, () => {
      assert.equal(longestPollSecs("terminal", waits), secs);
    });
  }

  it("is a poll of 45 s where nobody watches", () => {
    for (const waits of [1, 10, 1000]) assert.equal(longestPollSecs("none", waits), 45);
  });

  it("counts the waits that are under way, also those that fail", async () => {
    const pollLength = createPollLength("terminal");
    const most: number[] = [];
    const wait = (count: number): Promise<void> =>
      count === 0 ? Promise.reject(new Error("broken")) : pollLength.during(() => next(count - 1));
    const next = (count: number): Promise<void> => {
      most.push(pollLength.longestPollSecs());
      return wait(count);
    };
    await assert.rejects(wait(20), /broken/);
    assert.deepEqual(most, [5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10]);
    assert.equal(pollLength.longestPollSecs(), 5);
  });
});
