import assert from "node:assert/strict";
import { classify } from "../../../provider/apify/classify";
import { connect } from "../../../provider/apify/connection";
import { createAutoClock } from "../../support/fakeClock";
import type { RequestError } from "../../../provider/apify/errors";
import type { HttpResult } from "../../../provider/apify/http";

function response(status: number, patch: Partial<Response> = {}): Response {
  const body = Buffer.alloc(0);
  return { kind: "response", status, headers: {}, body, cut: undefined, ...patch };
}

/** An error response of Apify's with this type. */
function refusal(status: number, type: unknown): Response {
  return response(status, { body: Buffer.from(JSON.stringify({ error: { type, message: "m" } })) });
}

type Response = Extract<HttpResult, { kind: "response" }>;

const notSent: HttpResult = {
  kind: "neverArrived",
  reason: "connect ECONNREFUSED",
  code: "ECONNREFUSED",
};
const lost: HttpResult = { kind: "lost", reason: "read ECONNRESET", code: "ECONNRESET" };
const brokeOff = { cut: "the response was cut off" };
const rate = "Apify is rate-limiting requests (429)";

/** The error that a result amounts to. */
function errorOf(result: HttpResult): RequestError {
  const connection = connect({
    token: "",
    baseUrl: "http://127.0.0.1",
    userAgent: "test/1",
    clock: createAutoClock(),
  });
  return connection.errorFrom({ method: "GET", path: "/v2/x" }, result, 1);
}

/** Of these it is certain that Apify did nothing, and they may pass. */
const harmless: readonly (readonly [
  what: string,
  result: HttpResult,
  kind: "unavailable" | "rate" | "capacity",
  reason: string,
])[] = [
  ["no connection", notSent, "unavailable", "no connection (connect ECONNREFUSED)"],
  ["429", response(429), "rate", rate],
  ["429 of a type of its own", refusal(429, "slow-down"), "rate", rate],
  ["a rate that comes with 400", refusal(400, "rate-limit-exceeded"), "rate", rate],
  ["a rate by its other name", refusal(429, "too-many-requests"), "rate", rate],
  ...[400, 402, 403, 429, 499].flatMap((status) =>
    (
      [
        ["actor-memory-limit-exceeded", "all of the account's memory is in use"],
        ["memory-limit-exceeded", "all of the account's memory is in use"],
        ["concurrent-runs-limit-exceeded", "the account has reached its limit of concurrent runs"],
        ["cannot-start-actor-runs", "the account cannot start another run now"],
      ] as const
    ).map(
      ([type, reason]) => [`${status} ${type}`, refusal(status, type), "capacity", reason] as const,
    ),
  ),
  [
    "a change by somebody else",
    refusal(409, "concurrent-update-detected"),
    "unavailable",
    "Apify did not accept the request this time",
  ],
];

/** After these Apify may have done what was asked for. */
const doubtful: readonly (readonly [what: string, result: HttpResult, reason: string])[] = [
  ["no response", lost, "no response (read ECONNRESET)"],
  ["408", response(408), "Apify timed out (408)"],
  ["408 that names a full account", refusal(408, "memory-limit-exceeded"), "Apify timed out (408)"],
  ...[500, 502, 503, 599].map(
    (status) => [String(status), response(status), `Apify had a server error (${status})`] as const,
  ),
  [
    "503 that names a full account",
    refusal(503, "memory-limit-exceeded"),
    "Apify had a server error (503)",
  ],
  ["500 that names the input", refusal(500, "invalid-input"), "Apify had a server error (500)"],
  [
    "400 that says that Apify broke off",
    refusal(400, "operation-timed-out"),
    "Apify aborted the request",
  ],
  ["an error cut short", response(500, brokeOff), "Apify had a server error (500)"],
  ...[200, 201, 299].map(
    (status) =>
      [`${status} cut short`, response(status, brokeOff), "the response was cut off"] as const,
  ),
];

/** After these the response would be the same. */
const final: readonly (readonly [what: string, result: HttpResult])[] = [
  ...[300, 301, 304, 400, 401, 402, 403, 404, 405, 407, 409, 413, 428, 499].map(
    (status) => [String(status), response(status)] as const,
  ),
  ["a redirect cut short", response(300, brokeOff)],
  ["an error cut short", response(404, brokeOff)],
  ["a redirect that names a full account", refusal(399, "memory-limit-exceeded")],
  ["402 of another type", refusal(402, "not-enough-usage-to-run-paid-actor")],
  ["402 of a type that every object has", refusal(402, "constructor")],
  ["402 of a type that is no text", refusal(402, ["memory-limit-exceeded"])],
];

describe("the error of a result", () => {
  for (const [what, result, kind, reason] of harmless) {
    it(`passes, and Apify did nothing, after ${what}`, () => {
      const { transient, effect } = errorOf(result);
      assert.deepEqual([transient?.kind, transient?.reason, effect], [kind, reason, "none"]);
    });
  }

  for (const [what, result, reason] of doubtful) {
    it(`passes, and Apify may have done something, after ${what}`, () => {
      const { transient, effect } = errorOf(result);
      assert.deepEqual(
        [transient?.kind, transient?.reason, effect],
        ["unavailable", reason, "unknown"],
      );
    });
  }

  for (const [what, result] of final) {
    it(`does not pass, and Apify did nothing, after ${what}`, () => {
      const { transient, effect } = errorOf(result);
      assert.deepEqual([transient, effect], [undefined, "none"]);
    });
  }

  it("does not pass after a response that was cut for its size", () => {
    const result = response(200, { cut: "too large", cutBy: "sizeLimit" });
    assert.equal(errorOf(result).transient, undefined);
  });

  it("comes with the pause that the server requested", () => {
    const headers = { "retry-after": "7" };
    const full = { ...refusal(402, "memory-limit-exceeded"), headers };
    for (const result of [response(429, { headers }), response(503, { headers }), full]) {
      assert.equal(errorOf(result).transient?.retryAfterMillis, 7000);
    }
  });

  it("does not pass just because the server asks for a retry", () => {
    const headers = { "retry-after": "1" };
    assert.equal(errorOf(response(403, { headers })).transient, undefined);
  });
});

describe("the subject of an error that Apify does not name", () => {
  for (const [status, subject] of [
    [400, "notApify"],
    [401, "token"],
    [402, "billing"],
    [403, "notApify"],
    [404, "notApifyOrMissing"],
    [407, "proxyLogin"],
    [408, "apifyProblem"],
    [429, "rate"],
    [500, "apifyProblem"],
  ] as const) {
    it(`is ${subject} after ${status}`, () => {
      assert.equal(classify(status, undefined, undefined).subject, subject);
    });
  }

  it("is less general where the type shows that Apify answered", () => {
    const subjects = [400, 403, 404].map((status) => classify(status, "x-y", undefined).subject);
    assert.deepEqual(subjects, ["other", "permissionsOrPlan", "missingResource"]);
  });

  it("is about something that is not there after 404 alone", () => {
    const kinds = [400, 404, 410, 503].map((status) => classify(status, "t", undefined).kind);
    assert.deepEqual(kinds, ["errorResponse", "notFound", "errorResponse", "errorResponse"]);
  });
});
