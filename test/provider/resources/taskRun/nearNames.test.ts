import assert from "node:assert/strict";
import { nearNames } from "../../../../provider/resources/taskRun/nearNames";

const names = ["janedoe~price-scraper", "janedoe~news", "janedoe~prices", "johndoe~price-scraper"];

describe("the names that somebody may have meant", () => {
  for (const [meant, near] of [
    ["janedoe~price-scaper", ["janedoe~price-scraper", "johndoe~price-scraper"]],
    ["janedo~price-scraper", ["janedoe~price-scraper", "johndoe~price-scraper"]],
    ["JaneDoe~News", ["janedoe~news"]],
    ["~newz", ["janedoe~news"]],
    ["price", ["janedoe~prices"]],
    ["janedoe~weather", []],
    ["", []],
    ["~", []],
    ["x".repeat(10_000), []],
  ] as const) {
    it(`are ${near.join(" and ") || "none"} for ${meant.slice(0, 30)}`, () => {
      assert.deepEqual(nearNames(meant, names), near);
    });
  }

  it("are three at the most, the nearest first", () => {
    const many = ["a~abcdefgh", "a~abcdefgx", "a~abcdefxx", "a~abcdefg"];
    assert.deepEqual(nearNames("a~abcdefgh", many), ["a~abcdefgh", "a~abcdefgx", "a~abcdefg"]);
  });
});
