import assert from "node:assert/strict";
import * as fc from "fast-check";
import { createLineSplitter } from "../../emulator/runs/lineSplitter";

function linesOf(pieces: readonly string[], mostChars = Infinity): string[] {
  const lines: string[] = [];
  const cutter = createLineSplitter(mostChars, (more) => lines.push(...more));
  for (const piece of pieces) cutter.write(piece);
  cutter.end();
  return lines;
}

describe("the output of an Actor", () => {
  it("is split into the same lines, whatever its chunks", () => {
    const piece = fc.string({ unit: fc.constantFrom("a", "ü", "\n", "\r\n"), maxLength: 5 });
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const expected = pieces.join("").split(/\r?\n/);
        if (expected.at(-1) === "") expected.pop();
        assert.deepEqual(linesOf(pieces), expected);
        assert.deepEqual(linesOf(Array.from(pieces.join(""))), expected);
      }),
    );
  });

  it("has lines of a maximum length, which say how much is missing", () => {
    assert.deepEqual(linesOf(["abc", "d", "\n", "abcd", "e\r\nf"], 4), [
      "abcd",
      "abcd… (2 more characters)",
      "f",
    ]);
  });
});
