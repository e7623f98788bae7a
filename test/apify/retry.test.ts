import assert from "node:assert/strict";
import { backoffMillis, decideRetry } from "../../provider/apify/retry";
import type { Obstacle } from "../../provider/apify/obstacle";
import type { Attempt, RetryDecision } from "../../provider/apify/retry";

type Kind = Obstacle["kind"];

function decide(kind: Kind, askedMillis?: number, patch: Partial<Attempt> = {}): RetryDecision {
  return decideRetry({
    obstacle: { kind, reason: `why ${kind}`, askedMillis },
    attempts: 1,
    remainingMillis: 1e9,
    random: 0,
    ...patch,
  });
}

const shortest = { trouble: 250, rate: 250, capacity: 2500 } as const;
const kinds = Object.keys(shortest) as Kind[];

describe("the decision to send a request again", () => {
  it("is no when nothing stands in the way: the answer is final", () => {
    const attempt = { obstacle: undefined, attempts: 1, remainingMillis: 1e9, random: 0 };
    assert.deepEqual(decideRetry(attempt), { retry: "never", reason: "the answer is final" });
  });

  for (const kind of kinds) {
    it(`is yes after ${kind}, with its reason`, () => {
      const millis = shortest[kind];
      assert.deepEqual(decide(kind), { retry: "after", millis, reason: `why ${kind}` });
    });

    it(`is no after ${kind} when the pause would use the time up to the last millisecond`, () => {
      const millis = shortest[kind];
      assert.deepEqual(decide(kind, undefined, { remainingMillis: millis }), {
        retry: "never",
        reason: `why ${kind}, and the time for this is used up`,
      });
      assert.equal(decide(kind, undefined, { remainingMillis: millis + 1 }).retry, "after");
    });
  }

  it("is no when less than no time is left", () => {
    assert.equal(decide("rate", 0, { remainingMillis: -1 }).retry, "never");
  });
});

describe("the pause before a request is sent again", () => {
  function pause(...asked: Parameters<typeof decide>): number {
    const decision = decide(...asked);
    assert.equal(decision.retry, "after");
    return decision.millis;
  }

  for (const kind of kinds) {
    it(`grows with the attempts after ${kind}`, () => {
      for (const attempts of [1, 2, 3, 9]) {
        for (const random of [0, 0.5, 0.99]) {
          const expected = backoffMillis(attempts, random, shortest[kind] * 2);
          assert.equal(pause(kind, undefined, { attempts, random }), expected);
        }
      }
    });

    it(`is what the server asked for when that is more, after ${kind}`, () => {
      assert.equal(pause(kind, shortest[kind] + 1), shortest[kind] + 1);
      assert.equal(pause(kind, 100_000), 100_000);
    });

    it(`is never shorter than its own, also when the server asks for none, after ${kind}`, () => {
      assert.equal(pause(kind, 0), shortest[kind]);
      assert.equal(pause(kind, shortest[kind] - 1), shortest[kind]);
    });
  }

  it("is not taken when the server asks for more than there is time", () => {
    for (const asked of [120_000, Infinity]) {
      assert.equal(decide("rate", asked, { remainingMillis: 120_000 }).retry, "never");
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
