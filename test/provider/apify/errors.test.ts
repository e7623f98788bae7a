import assert from "node:assert/strict";
import { ApifyError, ApifyNoResponseError } from "../../../provider/apify/errors";
import { defaultSetup } from "../../../provider/apify/accountSetup";

describe("an error answer", () => {
  const place = { method: "GET", path: "/v2/actor-tasks/me~x" };

  it("says what happened and where, and keeps each fact in a field", () => {
    const body = { type: "record-not-found", message: "No such task.", data: { hint: 1 } };
    const error = new ApifyError(place, 404, body, 5_000);
    assert.ok(error instanceof Error);
    assert.equal(
      error.message,
      "Apify answered 404 record-not-found to GET /v2/actor-tasks/me~x: No such task.",
    );
    assert.deepEqual(Object.fromEntries(Object.entries(error)), {
      name: "ApifyError",
      kind: "notFound",
      status: 404,
      type: "record-not-found",
      subject: "missingResource",
      apifyMessage: "No such task.",
      data: { hint: 1 },
      effect: "none",
      transient: undefined,
      setup: defaultSetup,
    });
  });

  it("is that of a proxy where only a proxy can have given it", () => {
    const error = new ApifyError(place, 407, { type: undefined, message: "m", data: undefined });
    assert.equal(error.message, "A proxy answered 407 to GET /v2/actor-tasks/me~x: m");
  });

  it("does without a type", () => {
    const error = new ApifyError(place, 502, { type: undefined, message: "m", data: undefined });
    assert.equal(error.message, "Apify answered 502 to GET /v2/actor-tasks/me~x: m");
  });
});

describe("the error of a response that never came", () => {
  it("says where the request went and how it ended", () => {
    const place = { method: "POST", path: "/v2/x" };
    const error = new ApifyNoResponseError(place, "unreachable", "ECONNREFUSED");
    assert.equal(error.message, "POST /v2/x got no usable response from Apify: ECONNREFUSED");
    assert.deepEqual(Object.fromEntries(Object.entries(error)), {
      name: "ApifyNoResponseError",
      kind: "unreachable",
      fault: undefined,
      effect: "none",
      transient: {
        kind: "unavailable",
        reason: "no connection (ECONNREFUSED)",
        retryAfterMillis: undefined,
        withinSecs: undefined,
      },
      setup: defaultSetup,
    });
  });
});
