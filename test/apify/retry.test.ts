import assert from "node:assert/strict";
import { backoffMillis, decideRetry, retryAfterMillis } from "../../provider/apify/retry";
import type { HttpResult } from "../../provider/apify/http";
import type { Attempt } from "../../provider/apify/retry";

function response(
  status: number,
  headers: Record<string, string> = {},
  cut?: string,
): Extract<HttpResult, { kind: "response" }> {
  return { kind: "response", status, headers, body: Buffer.alloc(0), cut };
}

const notSent: HttpResult = { kind: "notSent", reason: "connect ECONNREFUSED" };
const lost: HttpResult = { kind: "lost", reason: "read ECONNRESET" };

function decide(attempt: Partial<Attempt> & { result: HttpResult }) {
  return decideRetry({
    repeatability: "idempotent",
    attempts: 1,
    remainingMillis: 120_000,
    random: 0,
    ...attempt,
  });
}

describe("the decision to send a request again", () => {
  const transient: readonly (readonly [what: string, result: HttpResult, reason: RegExp])[] = [
    ["no connection", notSent, /no connection .*ECONNREFUSED/],
    ["no answer", lost, /no answer .*ECONNRESET/],
    ["429", response(429), /rate of requests \(429\)/],
    ["408", response(408), /timed out \(408\)/],
    ["500", response(500), /problem \(500\)/],
    ["502", response(502), /problem \(502\)/],
    ["503", response(503), /problem \(503\)/],
    ["599", response(599), /problem \(599\)/],
    ["an answer cut short", response(200, {}, "the answer broke off"), /broke off/],
    ["a creation cut short", response(201, {}, "the answer broke off"), /broke off/],
  ];
  for (const [what, result, reason] of transient) {
    it(`is yes after ${what}`, () => {
      const decision = decide({ result });
      assert.equal(decision.retry, "after");
      assert.match(decision.reason, reason);
    });

    it(`is no after ${what} when no time is left`, () => {
      const decision = decide({ result, remainingMillis: 0 });
      assert.equal(decision.retry, "never");
      assert.match(decision.reason, reason);
      assert.match(decision.reason, /time for this request is used up/);
    });

    it(`is never yes for a start, not even after ${what}`, () => {
      const decision = decide({ result, repeatability: "startsRun" });
      assert.deepEqual(decision, { retry: "never", reason: "a start is never repeated blindly" });
    });
  }

  const final: readonly (readonly [what: string, result: HttpResult])[] = [
    ...[200, 201, 204, 301, 304, 400, 401, 402, 403, 404, 405, 407, 409, 413, 415, 428, 499].map(
      (status) => [String(status), response(status)] as const,
    ),
    ["a redirect cut short", response(302, {}, "the answer broke off")],
    ["an error cut short", response(404, {}, "the answer broke off")],
    ["an error that asks for patience", response(403, { "retry-after": "1" })],
  ];
  for (const [what, result] of final) {
    it(`is no after ${what}`, () => {
      assert.deepEqual(decide({ result }), { retry: "never", reason: "the answer is final" });
    });
  }

  it("is no when the pause would use the time up to the last millisecond", () => {
    const millis = backoffMillis(1, 0);
    assert.equal(decide({ result: lost, remainingMillis: millis }).retry, "never");
    assert.equal(decide({ result: lost, remainingMillis: millis + 1 }).retry, "after");
  });
});

describe("the pause before a request is sent again", () => {
  const pause = (headers: Record<string, string>, status = 429): number => {
    const decision = decide({ result: response(status, headers) });
    assert.equal(decision.retry, "after");
    return decision.millis;
  };
  const ownPause = backoffMillis(1, 0);

  it("is what the server asked for in seconds", () => {
    assert.equal(pause({ "retry-after": "7" }), 7_000);
    assert.equal(pause({ "retry-after": "7" }, 503), 7_000);
    assert.equal(pause({ "retry-after": " 7 " }), 7_000);
  });

  it("reaches to the date the server asked for, by the server's own clock", () => {
    const headers = {
      date: "Fri, 01 Jan 1999 00:00:00 GMT",
      "retry-after": "Fri, 01 Jan 1999 00:00:09 GMT",
    };
    assert.equal(pause(headers), 9_000);
  });

  it("is never shorter than the backoff, whatever the server says", () => {
    const date = "Fri, 01 Jan 1999 00:00:00 GMT";
    const forms = ["0", "00", "-5", "", "soon", "1.5", "1e3", "NaN", "0x10", "Infinity"];
    const dates = [date, "Thu, 31 Dec 1998 00:00:00 GMT", "Xyz, 99 Foo 1999 00:00:00 GMT"];
    for (const form of [...forms, ...dates]) {
      assert.equal(pause({ date, "retry-after": form }), ownPause, form);
    }
  });

  it("is the backoff when the server asks for less", () => {
    const decision = decide({ result: response(503, { "retry-after": "1" }), attempts: 5 });
    assert.deepEqual(decision, {
      retry: "after",
      millis: backoffMillis(5, 0),
      reason: "Apify has a problem (503)",
    });
  });

  it("is not taken when the server asks for more than there is time", () => {
    for (const huge of ["120", "99999999999", "9".repeat(400)]) {
      const decision = decide({ result: response(429, { "retry-after": huge }) });
      assert.equal(decision.retry, "never", huge);
    }
  });
});

describe("the reading of Retry-After", () => {
  const date = "Wed, 21 Oct 2015 07:28:00 GMT";
  const cases: readonly (readonly [header: string, expected: number | undefined])[] = [
    ["0", 0],
    ["120", 120_000],
    ["Wed, 21 Oct 2015 07:28:30 GMT", 30_000],
    ["Wednesday, 21-Oct-15 07:28:30 GMT", 30_000],
    ["Wed Oct 21 07:28:30 2015 GMT", 30_000],
    ["Wed, 21 Oct 2015 07:27:00 GMT", 0],
    ["-1", undefined],
    ["1.5", undefined],
    ["tomorrow", undefined],
    ["", undefined],
  ];
  for (const [header, expected] of cases) {
    it(`makes ${JSON.stringify(header)} ${expected === undefined ? "nothing" : `${expected} ms`}`, () => {
      assert.equal(retryAfterMillis(response(429, { date, "retry-after": header })), expected);
    });
  }

  it("does not guess how far a date is away without the server's own", () => {
    const asked = { "retry-after": "Wed, 21 Oct 2015 07:28:30 GMT" };
    assert.equal(retryAfterMillis(response(429, asked)), undefined);
    assert.equal(retryAfterMillis(response(429, { ...asked, date: "today" })), undefined);
  });

  it("finds nothing where there is no such header or no answer", () => {
    assert.equal(retryAfterMillis(response(429)), undefined);
    assert.equal(retryAfterMillis(lost), undefined);
    assert.equal(retryAfterMillis(notSent), undefined);
  });
});

describe("the backoff", () => {
  it("doubles from half a second up to half a minute", () => {
    const longest = [1, 2, 3, 4, 5, 6, 7, 8].map((attempts) => backoffMillis(attempts, 1));
    assert.deepEqual(longest, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it("is drawn from the upper half of its range", () => {
    for (const attempts of [1, 4, 9]) {
      assert.equal(backoffMillis(attempts, 0), backoffMillis(attempts, 1) / 2);
      assert.equal(backoffMillis(attempts, 0.5), backoffMillis(attempts, 1) * 0.75);
    }
  });

  it("stays bounded after any number of attempts", () => {
    assert.equal(backoffMillis(5_000, 1), 30_000);
  });
});
