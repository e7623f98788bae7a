import assert from "node:assert/strict";
import { z } from "zod";
import { readData, readJson } from "../../../provider/apify/apiResponse";
import { ApifyNoResponseError } from "../../../provider/apify/errors";
import { redactionOf } from "../../../provider/apify/redaction";
import type { ApiResponse } from "../../../provider/apify/apiResponse";
import type { ApiRequest } from "../../../provider/apify/apiRequest";

const request: ApiRequest = { method: "GET", path: "/v2/x", query: { private: "q" } };
const answer = (text: string): ApiResponse => ({
  headers: {},
  text,
  json: (whatIsTooDeep) => redactionOf("").parseJson(text, whatIsTooDeep),
});

function unreadable(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof ApifyNoResponseError);
    assert.equal(error.kind, "unreadable");
    return error.message;
  }
  assert.fail("it was read");
}

describe("a response", () => {
  it("is read out of its envelope", () => {
    assert.equal(readData(request, answer('{"data":7,"more":1}'), z.number()), 7);
  });

  it("is read as it is when it has none", () => {
    assert.deepEqual(readJson(request, answer("[1]"), z.array(z.number())), [1]);
  });

  for (const text of ["", "<html>", '{"data":']) {
    it(`is unreadable when it is ${JSON.stringify(text)}, which is no JSON`, () => {
      const message = unreadable(() => readData(request, answer(text), z.number()));
      assert.equal(
        message,
        "GET /v2/x got no usable response from Apify: the response is not JSON",
      );
    });
  }

  for (const text of ["null", "1", "[]", "{}", '{"data":null}', '{"data":"x"}']) {
    it(`is unreadable when it is ${text} instead of what is documented`, () => {
      const message = unreadable(() => readData(request, answer(text), z.number()));
      assert.match(message, /not in the documented format/);
    });
  }

  it("is unreadable with the place of its first flaw", () => {
    const schema = z.looseObject({ items: z.array(z.looseObject({ id: z.string() })) });
    const text = '{"data":{"items":[{"id":"a"},{"id":2}]}}';
    assert.match(
      unreadable(() => readData(request, answer(text), schema)),
      /: data\.items\.1\.id .+string/,
    );
  });
});
