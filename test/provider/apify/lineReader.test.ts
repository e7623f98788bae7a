import assert from "node:assert/strict";
import fc from "fast-check";
import { lineReader } from "../../../provider/apify/lineReader";
import { redactionOf } from "../../../provider/apify/redaction";

const token = "apify_api_SECRET0123456789";

function linesOf(...chunks: readonly (string | Buffer)[]): string[] {
  const lines: string[] = [];
  const reader = lineReader(redactionOf(token), (line) => lines.push(line));
  for (const chunk of chunks) reader.take(Buffer.from(chunk));
  reader.end();
  return lines;
}

describe("a text that is read line by line", () => {
  it("gives its lines without their breaks, whatever these are", () => {
    assert.deepEqual(linesOf("one\ntwo\r\n\n three \n"), ["one", "two", "", " three "]);
    assert.deepEqual(linesOf("one\ntwo"), ["one", "two"]);
    assert.deepEqual(linesOf(""), []);
    assert.deepEqual(linesOf("\n"), [""]);
  });

  it("gives the same lines however it is cut into pieces", () => {
    const text = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(fc.array(text), fc.array(fc.nat(40)), (given, cuts) => {
        const lines = given.map((line) => line.replaceAll(/[\r\n]/g, ""));
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
        const ends = cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b);
        const chunks = [0, ...ends].map((from, at) => bytes.subarray(from, ends[at]));
        assert.deepEqual(linesOf(...chunks), lines);
      }),
    );
  });

  it("cuts a line that is too long, and goes on with the next", () => {
    const lines = linesOf("a".repeat(9_000), "b".repeat(9_000), "c".repeat(9_000), "\nnext");
    assert.deepEqual(lines, [`${"a".repeat(9_000)}${"b".repeat(1_000)}`, "next"]);
    assert.deepEqual(linesOf("x".repeat(10_000), "\n"), ["x".repeat(10_000)]);
  });

  it("has no token in it", () => {
    assert.deepEqual(linesOf("a ", token.slice(0, 9), `${token.slice(9)} b`), ["a [token] b"]);
  });

  it("has no part of a token where a line was cut", () => {
    const begin = token.slice(0, 5);
    for (let before = 9_900; before <= 10_100; before += 1) {
      const line = linesOf(`${"-".repeat(before)}${token}${"-".repeat(20_000)}`)[0] ?? "";
      assert.ok(!line.includes(begin), `${before} characters before the token`);
      const many = linesOf(`${"-".repeat(before - 9_900)}${token.repeat(2_000)}`)[0] ?? "";
      assert.ok(!many.replaceAll("[token]", "").includes(begin), `${before - 9_900} before many`);
    }
  });
});
