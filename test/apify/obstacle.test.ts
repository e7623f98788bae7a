import assert from "node:assert/strict";
import { obstacleOf, retryAfterMillis } from "../../provider/apify/obstacle";
import type { HttpResult } from "../../provider/apify/http";

function response(status: number, patch: Partial<Response> = {}): Response {
  const body = Buffer.alloc(0);
  return { kind: "response", status, headers: {}, body, cut: undefined, ...patch };
}

/** An error answer of Apify's with this type. */
function refusal(status: number, type: unknown): Response {
  return response(status, { body: Buffer.from(JSON.stringify({ error: { type, message: "m" } })) });
}

type Response = Extract<HttpResult, { kind: "response" }>;

const notSent: HttpResult = { kind: "notSent", reason: "connect ECONNREFUSED" };
const lost: HttpResult = { kind: "lost", reason: "read ECONNRESET" };
const brokeOff = { cut: "the answer broke off" };
const memory = "the account's memory is in use";

/** Of these it is certain that Apify did nothing. */
const harmless: readonly (readonly [
  string,
  HttpResult,
  "trouble" | "rate" | "capacity",
  string,
])[] = [
  ["no connection", notSent, "trouble", "no connection (connect ECONNREFUSED)"],
  ["429", response(429), "rate", "Apify limits the rate of requests (429)"],
  [
    "429 that names a full account",
    refusal(429, "memory-limit-exceeded"),
    "rate",
    "Apify limits the rate of requests (429)",
  ],
  ...[400, 402, 403, 499].map(
    (status) =>
      [
        `${status} for lack of memory`,
        refusal(status, "actor-memory-limit-exceeded"),
        "capacity",
        memory,
      ] as const,
  ),
  ["402 for lack of memory", refusal(402, "memory-limit-exceeded"), "capacity", memory],
  [
    "402 for too many runs",
    refusal(402, "concurrent-runs-limit-exceeded"),
    "capacity",
    "the account has as many runs as it may have at once",
  ],
  [
    "402 for a reason of Apify's",
    refusal(402, "cannot-start-actor-runs"),
    "capacity",
    "the account cannot start another run now",
  ],
];

/** After these Apify may have done what was asked for. */
const doubtful: readonly (readonly [what: string, result: HttpResult, reason: string])[] = [
  ["no answer", lost, "no answer (read ECONNRESET)"],
  ["408", response(408), "Apify timed out (408)"],
  ...[500, 502, 503, 599].map(
    (status) => [String(status), response(status), `Apify has a problem (${status})`] as const,
  ),
  [
    "503 that names a full account",
    refusal(503, "memory-limit-exceeded"),
    "Apify has a problem (503)",
  ],
  [
    "500 that names a full account",
    refusal(500, "memory-limit-exceeded"),
    "Apify has a problem (500)",
  ],
  ["an error cut short", response(500, brokeOff), "Apify has a problem (500)"],
  ...[200, 201, 299].map(
    (status) =>
      [`${status} cut short`, response(status, brokeOff), "the answer broke off"] as const,
  ),
];

/** After these the answer would be the same. */
const final: readonly (readonly [what: string, result: HttpResult])[] = [
  ...[200, 201, 204, 299, 300, 301, 304, 400, 401, 402, 403, 404, 405, 407, 409, 413, 428, 499].map(
    (status) => [String(status), response(status)] as const,
  ),
  ["a redirect cut short", response(300, brokeOff)],
  ["an error cut short", response(404, brokeOff)],
  ["an answer cut for its size", response(200, { cut: "too large", cutBy: "sizeLimit" })],
  ["a success that names a full account", refusal(200, "memory-limit-exceeded")],
  ["a redirect that names a full account", refusal(399, "memory-limit-exceeded")],
  ["402 of another type", refusal(402, "not-enough-usage-to-run-paid-actor")],
  ["402 of a type that every object has", refusal(402, "constructor")],
  ["402 of a type that is no text", refusal(402, ["memory-limit-exceeded"])],
];

describe("what stands in the way of a request", () => {
  for (const repeatability of ["idempotent", "startsRun"] as const) {
    for (const [what, result, kind, reason] of harmless) {
      it(`is ${kind} after ${what} (${repeatability})`, () => {
        assert.deepEqual(obstacleOf(result, repeatability), {
          kind,
          reason,
          askedMillis: undefined,
        });
      });
    }

    for (const [what, result] of final) {
      it(`is nothing after ${what} (${repeatability})`, () => {
        assert.equal(obstacleOf(result, repeatability), undefined);
      });
    }
  }

  for (const [what, result, reason] of doubtful) {
    it(`is trouble after ${what}`, () => {
      const expected = { kind: "trouble", reason, askedMillis: undefined };
      assert.deepEqual(obstacleOf(result, "idempotent"), expected);
    });

    it(`is nothing that would let a start be sent again after ${what}: it may have started a run`, () => {
      assert.equal(obstacleOf(result, "startsRun"), undefined);
    });
  }

  it("comes with the pause that the server asked for", () => {
    const headers = { "retry-after": "7" };
    assert.equal(obstacleOf(response(429, { headers }), "startsRun")?.askedMillis, 7000);
    assert.equal(obstacleOf(response(503, { headers }), "idempotent")?.askedMillis, 7000);
    const full = { ...refusal(402, "memory-limit-exceeded"), headers };
    assert.equal(obstacleOf(full, "startsRun")?.askedMillis, 7000);
  });

  it("is nothing just because the server asks for patience", () => {
    const headers = { "retry-after": "1" };
    assert.equal(obstacleOf(response(403, { headers }), "idempotent"), undefined);
  });
});

describe("the reading of Retry-After", () => {
  const date = "Wed, 21 Oct 2015 07:28:00 GMT";
  const cases: readonly (readonly [header: string, expected: number | undefined])[] = [
    ["0", 0],
    ["00", 0],
    ["120", 120_000],
    [" 7 ", 7_000],
    ["9".repeat(400), Infinity],
    ["Wed, 21 Oct 2015 07:28:30 GMT", 30_000],
    [" Wed, 21 Oct 2015 07:28:30 GMT ", 30_000],
    ["Wednesday, 21-Oct-15 07:28:30 GMT", 30_000],
    ["Wed Oct 21 07:28:30 2015 GMT", 30_000],
    [date, 0],
    ["Wed, 21 Oct 2015 07:27:00 GMT", 0],
    ["-1", undefined],
    ["-5 s", undefined],
    ["1.5", undefined],
    ["1e3", undefined],
    ["0x10", undefined],
    ["7s", undefined],
    ["7 8", undefined],
    ["NaN", undefined],
    ["Infinity", undefined],
    ["soon", undefined],
    ["", undefined],
    ["Xyz, 99 Foo 2015 00:00:00 GMT", undefined],
    ["2015-10-21T07:28:30Z", undefined],
    ["21 Oct 2015 07:28:30 GMT", undefined],
    ["We, 21 Oct 2015 07:28:30 GMT", undefined],
    ["Wednesdays, 21 Oct 2015 07:28:30 GMT", undefined],
    ["Wed,21 Oct 2015 07:28:30 GMT", undefined],
    ["21 Wed, 21 Oct 2015 07:28:30 GMT", undefined],
  ];
  for (const [header, expected] of cases) {
    it(`makes ${JSON.stringify(header.slice(0, 40))} ${expected === undefined ? "nothing" : `${expected} ms`}`, () => {
      const headers = { date, "retry-after": header };
      assert.equal(retryAfterMillis(response(429, { headers })), expected);
    });
  }

  it("does not guess how far a date is away without the server's own", () => {
    const asked = { "retry-after": "Wed, 21 Oct 2015 07:28:30 GMT" };
    assert.equal(retryAfterMillis(response(429, { headers: asked })), undefined);
    const headers = { ...asked, date: "today" };
    assert.equal(retryAfterMillis(response(429, { headers })), undefined);
  });

  it("finds nothing where there is no such header or no answer", () => {
    assert.equal(retryAfterMillis(response(429, { headers: { date } })), undefined);
    assert.equal(retryAfterMillis(lost), undefined);
    assert.equal(retryAfterMillis(notSent), undefined);
  });
});
