import assert from "node:assert/strict";
import { toWire } from "../../../provider/engine/wire";
import { seededRandom } from "../../../emulator";
import { structOf } from "../../support/protobuf";

/** Sends a value over Pulumi's wire and takes it off again. */
function sent(value: object): unknown {
  return structOf(toWire(value)).toJavaScript();
}

describe("a value on Pulumi's wire", () => {
  it("stays as it is when it is JSON", () => {
    const value = { text: "é\u0000", number: -1.5, yes: true, none: null, list: [1, ["x", {}]] };
    assert.deepEqual(sent(value), value);
  });

  it("loses what is undefined, at any depth", () => {
    assert.deepEqual(sent({ a: undefined, b: { c: undefined, d: [{ e: undefined }] } }), {
      b: { d: [{}] },
    });
  });

  it("has null in the place of what is undefined in a list", () => {
    assert.deepEqual(sent({ list: [1, undefined, 3] }), { list: [1, null, 3] });
  });

  it("has dates as ISO 8601", () => {
    assert.deepEqual(sent({ at: new Date(0) }), { at: "1970-01-01T00:00:00.000Z" });
  });

  it("has null for numbers that JSON lacks", () => {
    assert.deepEqual(sent({ a: NaN, b: Infinity, c: [-Infinity] }), {
      a: null,
      b: null,
      c: [null],
    });
  });

  it("loses functions and symbols", () => {
    assert.deepEqual(sent({ f: () => 1, s: Symbol("s"), n: 1 }), { n: 1 });
  });

  it("is fit for the wire whatever it was", () => {
    const random = seededRandom(7);
    for (let round = 0; round < 2000; round++) {
      const value = { root: anyValue(random, 4) };
      assert.deepEqual(sent(value), JSON.parse(JSON.stringify(value)));
    }
  });
});

const leaves: readonly unknown[] = [
  undefined,
  null,
  NaN,
  -Infinity,
  0,
  1e308,
  "",
  "text",
  true,
  new Date(0),
  Symbol("s"),
  () => 1,
  /x/,
  new Map([[1, 2]]),
];

function anyValue(random: () => number, depth: number): unknown {
  const lot = Math.floor(random() * (leaves.length + 6));
  if (depth === 0 || lot < leaves.length) return leaves[lot % leaves.length];
  const inner = Array.from({ length: Math.floor(random() * 4) }, () => anyValue(random, depth - 1));
  return lot % 2 === 0 ? inner : Object.fromEntries(inner.map((each, at) => [`k${at}`, each]));
}
