import assert from "node:assert/strict";
import { NestingError, redactionOf } from "../../../provider/apify/redaction";

const token = "apify_api_SECRET0123456789";
const redaction = redactionOf(token);

function nested(levels: number): string {
  return `${"[".repeat(levels)}${"]".repeat(levels)}`;
}

describe("the redaction of a token", () => {
  it("takes it out of a text, also where a URL has it encoded", () => {
    const odd = "to/ken+with=signs";
    assert.equal(redaction.text(`${token} and ${token}`), "[token] and [token]");
    assert.equal(redactionOf(odd).text(`a=${encodeURIComponent(odd)}&${odd}`), "a=[token]&[token]");
  });

  it("takes it out of JSON, in values and keys at any depth, however it is escaped", () => {
    const escaped = Array.from(token, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
    for (const form of [token, escaped.join("")]) {
      const inValue = redaction.parseJson(`{"a":[{"b":"x${form}y"}]}`, "throws");
      assert.deepEqual(inValue, { a: [{ b: "x[token]y" }] });
      const inKey = redaction.parseJson(`{"a":{"${form}":1}}`, "throws");
      assert.deepEqual(inKey, { a: { "[token]": 1 } });
    }
  });

  for (const short of ["t", "id", "data", "1"]) {
    it(`leaves alone what is too short to be a secret: ${short}`, () => {
      const run = { data: { id: "idt1", status: "SUCCEEDED" } };
      assert.deepEqual(redactionOf(short).parseJson(JSON.stringify(run), "throws"), run);
      assert.equal(redactionOf(short).text("data of id 1"), "data of id 1");
    });
  }

  it("keeps every kind of value, and a key such as __proto__", () => {
    for (const more of ["x", token]) {
      const json = `{"__proto__":{"a":null},"b":[true,1.5,"${more}",{}]}`;
      const redacted = JSON.stringify(redaction.parseJson(json, "throws"));
      assert.equal(redacted, redaction.text(json));
    }
  });

  it("works with 200 levels, and says or leaves out what is nested deeper", () => {
    const levels = (value: unknown): number => (Array.isArray(value) ? 1 + levels(value[0]) : 0);
    assert.equal(levels(redaction.parseJson(nested(200), "throws")), 200);
    assert.throws(() => redaction.parseJson(nested(201), "throws"), NestingError);
    const bounded = redaction.parseJson(`{"id":"run1","deep":${nested(100_000)}}`, "becomesNull");
    assert.equal((bounded as { id: string }).id, "run1");
    assert.ok(JSON.stringify(bounded).length < 1000);
  });

  it("keeps a wide value, however many lists and objects it has", () => {
    const wide = Array.from({ length: 500 }, (_, index) => ({ index }));
    assert.deepEqual(redaction.parseJson(JSON.stringify(wide), "throws"), wide);
  });
});
