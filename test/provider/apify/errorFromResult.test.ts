import assert from "node:assert/strict";
import { parseErrorBody } from "../../../provider/apify/errorFromResult";
import { redactionOf } from "../../../provider/apify/redaction";

const noToken = redactionOf("");

describe("the reading of an error body", () => {
  it("finds type, message and data in Apify's envelope", () => {
    const error = {
      type: "full-permission-actor-not-approved",
      message: "Approve the Actor first.",
      data: { approvalUrl: "https://console.apify.com/approve" },
    };
    assert.deepEqual(parseErrorBody(JSON.stringify({ error }), noToken), error);
  });

  const cases: readonly (readonly [
    what: string,
    body: string,
    type: string | undefined,
    message: string,
  ])[] = [
    ["a bare error without the envelope", '{"type":"t","message":"m"}', "t", "m"],
    ["an envelope without a type", '{"error":{"message":"m"}}', undefined, "m"],
    ["an envelope without a message", '{"error":{"type":"t"}}', "t", '{"error":{"type":"t"}}'],
    [
      "fields that are no text",
      '{"error":{"type":1,"message":2}}',
      undefined,
      '{"error":{"type":1,"message":2}}',
    ],
    ["an error that is a text", '{"error":"nope"}', undefined, '{"error":"nope"}'],
    ["an error that is null", '{"error":null}', undefined, '{"error":null}'],
    ["an error that is an array", '{"error":[1]}', undefined, '{"error":[1]}'],
    ["an empty object", "{}", undefined, "{}"],
    ["a JSON string", '"nope"', undefined, '"nope"'],
    ["a number", "42", undefined, "42"],
    ["null", "null", undefined, "null"],
    ["an array", '["nope"]', undefined, '["nope"]'],
    ["plain text", " Bad Gateway\n", undefined, "Bad Gateway"],
    ["broken JSON", '{"error":{"ty', undefined, '{"error":{"ty'],
    ["nothing", "", undefined, "(an empty response)"],
    ["blanks", " \r\n ", undefined, "(an empty response)"],
    [
      "an HTML page",
      "<!DOCTYPE html><html><head><title> 502 Bad Gateway </title></head><body>nginx</body></html>",
      undefined,
      '(an HTML page titled "502 Bad Gateway")',
    ],
    ["an HTML page without a title", "<html><body>Oops</body></html>", undefined, "(an HTML page)"],
    [
      "an HTML page with an empty title",
      "<html><title></title></html>",
      undefined,
      "(an HTML page)",
    ],
    [
      "a JSON string with a page in it",
      '"<html><title>A</title>"',
      undefined,
      '(an HTML page titled "A")',
    ],
  ];
  for (const [what, body, type, message] of cases) {
    it(`makes do with ${what}`, () => {
      assert.deepEqual(parseErrorBody(body, noToken), { type, message, data: undefined });
    });
  }

  it("cuts a message that nobody would read to its end", () => {
    const long = "x".repeat(10 * 1024 * 1024);
    const bodies = [
      long,
      JSON.stringify(long),
      JSON.stringify({ error: { type: "t", message: long } }),
      `<html><title>${long}</title></html>`,
      `<html><title>${long}`,
    ];
    for (const body of bodies) {
      const { message } = parseErrorBody(body, noToken);
      assert.equal(message.length, 301);
      assert.ok(message.endsWith("…"));
    }
  });

  it("leaves a message of the longest length whole", () => {
    assert.equal(parseErrorBody("x".repeat(300), noToken).message, "x".repeat(300));
  });
});
