import assert from "node:assert/strict";
import { canonicalJson, isSameJson } from "../../../provider/run/canonicalJson";

describe("canonical JSON", () => {
  it("sorts the keys of objects at every depth, also within lists", () => {
    assert.equal(
      canonicalJson({ b: 1, a: { d: [{ z: 1, y: 2 }], c: null } }),
      '{"a":{"c":null,"d":[{"y":2,"z":1}]},"b":1}',
    );
  });

  it("keeps the order of lists", () => {
    assert.equal(canonicalJson([3, 1, 2]), "[3,1,2]");
  });

  it("sorts keys by their text, however they look", () => {
    const keys = ["10", "9", "B", "a", "é", "z", "__proto__"];
    const forwards = JSON.parse(
      `{${keys.map((key) => `${JSON.stringify(key)}:1`).join()}}`,
    ) as unknown;
    keys.reverse();
    const backwards = JSON.parse(
      `{${keys.map((key) => `${JSON.stringify(key)}:1`).join()}}`,
    ) as unknown;
    assert.equal(canonicalJson(forwards), canonicalJson(backwards));
  });

  it("sorts objects of any number of keys", () => {
    const entries = Array.from({ length: 5000 }, (_, index) => [`key${index}`, index] as const);
    assert.equal(
      canonicalJson(Object.fromEntries(entries)),
      canonicalJson(Object.fromEntries([...entries].reverse())),
    );
  });

  it("goes as deep as the value does", () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 500; depth++) deep = { deep };
    assert.equal(canonicalJson(deep), JSON.stringify(deep));
  });

  it("leaves out properties that are undefined, as JSON does", () => {
    assert.equal(canonicalJson({ a: undefined, b: 1 }), '{"b":1}');
  });

  it("has a text even for what JSON has none for", () => {
    assert.equal(canonicalJson(undefined), "null");
  });

  it("gives different values different texts", () => {
    const values = [0, "0", "", null, false, [], {}, [null], { a: null }, [[]], [{}]];
    assert.equal(new Set(values.map(canonicalJson)).size, values.length);
  });
});

describe("two JSON values", () => {
  it("are the same whatever the order of their keys", () => {
    assert.equal(isSameJson({ a: [1], b: 2 }, { b: 2, a: [1] }), true);
    assert.equal(isSameJson({ a: [1, 2] }, { a: [2, 1] }), false);
    assert.equal(isSameJson(1, "1"), false);
  });

  it("are the same if one is null and the other is missing", () => {
    assert.equal(isSameJson(null, undefined), true);
  });

  it("are compared without a look into them if they are one value", () => {
    const unreadable = {
      toJSON: () => {
        throw new Error("It was read.");
      },
    };
    assert.equal(isSameJson(unreadable, unreadable), true);
  });
});
