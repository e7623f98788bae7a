import assert from "node:assert/strict";
import { backoffMillis, retryAfterMillis, retryPauseMillis } from "../../../provider/apify/retry";
import type { HttpResult } from "../../../provider/apify/http";
import type { Attempt, Transient } from "../../../provider/apify/retry";

type Kind = Transient["kind"];

function pause(
  kind: Kind,
  retryAfterMillis?: number,
  patch: Partial<Attempt> = {},
): number | undefined {
  return retryPauseMillis({
    transient: { kind, reason: `why ${kind}`, retryAfterMillis },
    attempts: 1,
    remainingMillis: 1e9,
    random: 0,
    ...patch,
  });
}

const shortest = { unavailable: 250, rate: 250, capacity: 2500 } as const;
const kinds = Object.keys(shortest) as Kind[];

describe("the pause before a request is sent again", () => {
  for (const kind of kinds) {
    it(`grows with the attempts after ${kind}`, () => {
      for (const attempts of [1, 2, 3, 9]) {
        for (const random of [0, 0.5, 0.99]) {
          const expected = backoffMillis(attempts, random, shortest[kind] * 2);
          assert.equal(pause(kind, undefined, { attempts, random }), expected);
        }
      }
    });

    it(`is what the server requested when that is more, after ${kind}`, () => {
      assert.equal(pause(kind, shortest[kind] + 1), shortest[kind] + 1);
      assert.equal(pause(kind, 100_000), 100_000);
    });

    it(`is never shorter than its own, also when the server requests none, after ${kind}`, () => {
      assert.equal(pause(kind, 0), shortest[kind]);
      assert.equal(pause(kind, shortest[kind] - 1), shortest[kind]);
    });

    it(`is not made when it would use the time up to the last millisecond, after ${kind}`, () => {
      const millis = shortest[kind];
      assert.equal(pause(kind, undefined, { remainingMillis: millis }), undefined);
      assert.equal(pause(kind, undefined, { remainingMillis: millis + 1 }), millis);
    });
  }

  it("is not made when less than no time is left", () => {
    assert.equal(pause("rate", 0, { remainingMillis: -1 }), undefined);
  });

  it("is not made when the server requests more than there is time", () => {
    for (const requested of [120_000, Infinity]) {
      assert.equal(pause("rate", requested, { remainingMillis: 120_000 }), undefined);
    }
    assert.equal(pause("rate", 119_999, { remainingMillis: 120_000 }), 119_999);
  });
});

describe("the backoff", () => {
  it("doubles from its first pause up to half a minute", () => {
    const longest = (first: number): readonly number[] =>
      [1, 2, 3, 4, 5, 6, 7, 8].map((attempts) => backoffMillis(attempts, 1, first));
    assert.deepEqual(longest(500), [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    assert.deepEqual(longest(5000).slice(0, 4), [5_000, 10_000, 20_000, 30_000]);
  });

  it("is drawn from the upper half of its range", () => {
    for (const attempts of [1, 4, 9]) {
      const longest = backoffMillis(attempts, 1, 500);
      assert.equal(backoffMillis(attempts, 0, 500), longest / 2);
      assert.equal(backoffMillis(attempts, 0.5, 500), longest * 0.75);
    }
  });

  it("stays bounded after any number of attempts", () => {
    assert.equal(backoffMillis(5_000, 1, 500), 30_000);
  });
});

function answer(headers: Readonly<Record<string, string>>): HttpResult {
  return { kind: "response", status: 429, headers, body: Buffer.alloc(0), cut: undefined };
}

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
      assert.equal(retryAfterMillis(answer(headers)), expected);
    });
  }

  it("does not guess how far a date is away without the server's own", () => {
    const dated = { "retry-after": "Wed, 21 Oct 2015 07:28:30 GMT" };
    assert.equal(retryAfterMillis(answer(dated)), undefined);
    const headers = { ...dated, date: "today" };
    assert.equal(retryAfterMillis(answer(headers)), undefined);
  });

  it("finds nothing where there is no such header or no answer", () => {
    assert.equal(retryAfterMillis(answer({ date })), undefined);
    assert.equal(retryAfterMillis({ kind: "lost", reason: "read ECONNRESET" }), undefined);
    assert.equal(
      retryAfterMillis({ kind: "neverArrived", reason: "connect ECONNREFUSED" }),
      undefined,
    );
  });
});
