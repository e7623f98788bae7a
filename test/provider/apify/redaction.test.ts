import assert from "node:assert/strict";
import { NestingError, redactionOf } from "../../../provider/apify/redaction";

const token = "apify_api_SECRET0123456789";
const redaction = redactionOf(token);

function nested(levels: number): unknown {
  return JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);
}

describe("the redaction of a token", () => {
  it("takes it out of a text, also where a URL has it encoded", () => {
    const odd = "to/ken+with=signs";
    assert.equal(redaction.text(`${token} and ${token}`), "[token] and [token]");
    assert.equal(redactionOf(odd).text(`a=${encodeURIComponent(odd)}&${odd}`), "a=[token]&[token]");
  });

  it("takes it out of JSON, in values and keys at any depth, however it is escaped", () => {
    const escaped = Array.from(token, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
    const json: unknown = JSON.parse(`{"a":[{"b":"x${escaped.join("")}y"}],"${token}":1}`);
    assert.deepEqual(redaction.json(json, "throws"), { a: [{ b: "x[token]y" }], "[token]": 1 });
  });

  for (const short of ["t", "id", "data", "1"]) {
    it(`leaves alone what is too short to be a secret: ${short}`, () => {
      const run = { data: { id: "idt1", status: "SUCCEEDED" } };
      assert.deepEqual(redactionOf(short).json(run, "throws"), run);
      assert.equal(redactionOf(short).text("data of id 1"), "data of id 1");
    });
  }

  it("keeps every kind of value, and a key such as __proto__", () => {
    const json: unknown = JSON.parse('{"__proto__":{"a":null},"b":[true,1.5,"x",{}]}');
    assert.equal(JSON.stringify(redaction.json(json, "throws")), JSON.stringify(json));
  });

  it("works with 200 levels, and says or leaves out what is nested deeper", () => {
    assert.deepEqual(redaction.json(nested(200), "throws"), nested(200));
    assert.throws(() => redaction.json(nested(201), "throws"), NestingError);
    const bounded = redaction.json({ id: "run1", deep: nested(100_000) }, "becomesNull");
    assert.equal((bounded as { id: string }).id, "run1");
    assert.ok(JSON.stringify(bounded).length < 1000);
  });
});
