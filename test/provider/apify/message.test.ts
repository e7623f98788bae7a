import assert from "node:assert/strict";
import fc from "fast-check";
import { lines, message, oneLine, sentences, severalLines } from "../../../provider/apify/message";

/** What no text that is shown may hold: it controls a terminal, hides text, hangs gRPC or crashes Pulumi's display. */
const forbidden = /(?!\n)\p{Cc}|\p{Cs}|\p{Zl}|\p{Zp}|(?![\u200c\u200d])\p{Cf}|<\{%/u;

/** Pieces of which hostile texts are made, beside any text at all. */
const piece = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    ...["<", "{", "%", "<{%", "%}>", "<{%boom%}>", "\u0000", "\u001b[31m", "\u001b]0;title\u0007"],
    ...[
      "\u001b]8;;http://x\u0007link",
      "\u001b]52;c;aGk=\u0007",
      "\u009b31m",
      "\u0008",
      "\r",
      "\n",
    ],
    ...["\u2028", "\u2029", "\u0085", "\u202e", "\u2066", "\u200b", "\ufeff", "\ud83d", "\ude00"],
    ...["😀", "\u{e0041}", "\u001b", "\u007f"],
  ),
);
const hostile = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));

describe("a text from outside", () => {
  for (const [what, text, shown] of [
    ["plain words", "page 3 of 24 – naïve café 😀", "page 3 of 24 – naïve café 😀"],
    [
      "a color directive of Pulumi's",
      "<{%boom%}> <{% for x %}> <{%",
      "<{ %boom%}> <{ % for x %}> <{ %",
    ],
    ["a directive that only appears once it is cleaned", "<\u0000{\u200b%x%}>", "<{ %x%}>"],
    ["terminal colors", "\u001b[31mred\u001b[0m", "red"],
    ["a window title", "a\u001b]0;owned\u0007b", "ab"],
    ["line breaks", "first\r\nsecond\u2028third\ttab", "first second third tab"],
    ["a direction override", "abc\u202edef\u2069", "abcdef"],
    ["half a surrogate pair", "a\ud83d b\ude00", "a\ufffd b\ufffd"],
    ["a joined emoji", "👩‍🚀", "👩‍🚀"],
  ] as const) {
    it(`is shown on one line and harmless: ${what}`, () => {
      assert.equal(oneLine(text), shown);
    });
  }

  it("is cut between characters after 1,000 of them", () => {
    assert.equal(oneLine("x".repeat(1000)), "x".repeat(1000));
    assert.equal(oneLine(`${"x".repeat(999)}😀y`), `${"x".repeat(999)}😀…`);
    assert.equal(oneLine("😀".repeat(1_000_000)), `${"😀".repeat(1000)}…`);
  });

  it("can neither control a terminal nor crash the engine, however it is put into a message", () => {
    const result = fc.check(
      fc.property(hostile, hostile, hostile, (one, other, third) => {
        const texts = [
          oneLine(one),
          message`${one}${other}`,
          message`<${one}{${other}%${third}`,
          sentences(oneLine(one), oneLine(other)),
          lines(oneLine(one), oneLine(other)),
          severalLines(`${one}\n${other}`),
        ];
        for (const text of texts) assert.doesNotMatch(text, forbidden);
        for (const text of texts.slice(0, 4)) assert.doesNotMatch(text, /\n/);
        for (const text of texts) encodeURI(text);
        assert.equal(oneLine(oneLine(one)), oneLine(one));
      }),
      { numRuns: 5000 },
    );
    assert.equal(result.failed, false, fc.defaultReportMessage(result) ?? "");
  });
});

describe("a message", () => {
  it("takes each value as one line", () => {
    assert.equal(message`Run ${"a\nb"} took ${3} s`, "Run a b took 3 s");
  });

  it("of several lines leaves out what is empty", () => {
    assert.equal(lines(message`a`, undefined, message``, message`b`), "a\nb");
    assert.equal(sentences(message`a.`, message``, message`b.`), "a. b.");
  });

  it("keeps the line breaks and the indentation of a stack", () => {
    assert.equal(severalLines("Error: x\n    at y\u001b[0m"), "Error: x\n    at y");
  });
});
