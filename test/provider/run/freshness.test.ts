import assert from "node:assert/strict";
import { nextTick, staleness } from "../../../provider/run/freshness";
import type { FreshnessRules } from "../../../provider/run/freshness";

const start = "2026-01-01T12:00:00.000Z";

/** The rule by which a run is stale, and since when. */
function stale(rules: FreshnessRules, startedAt: string, now: string): readonly string[] {
  const found = staleness(rules, startedAt, Date.parse(now));
  return found === undefined ? [] : [found.rule, new Date(found.sinceMillis).toISOString()];
}

/** The first ticks after a moment, without seconds. */
function ticks(
  cron: string,
  zone: string | undefined,
  after: string,
  count = 1,
): readonly string[] {
  const found: string[] = [];
  for (let millis = Date.parse(after); found.length < count;) {
    const tick = nextTick(cron, zone, millis);
    if (tick === undefined) break;
    found.push(new Date(tick).toISOString().replace(":00.000Z", "Z"));
    millis = tick;
  }
  return found;
}

describe("the staleness of a run", () => {
  const maxAge = ["maxAgeSecs", "2026-01-01T13:00:00.000Z"];
  const daily = ["cron", "2026-01-02T03:00:00.000Z"];
  const both: FreshnessRules = { maxAgeSecs: 3600, cron: "0 3 * * *" };
  const rows: readonly (readonly [string, FreshnessRules, string, readonly string[]])[] = [
    ["no rule, years later", {}, "2036-01-01T00:00:00Z", []],
    ["a time zone alone", { timeZone: "Europe/Prague" }, "2036-01-01T00:00:00Z", []],
    ["the greatest age", { maxAgeSecs: 3600 }, "2026-01-01T13:00:00.000Z", []],
    ["a millisecond more", { maxAgeSecs: 3600 }, "2026-01-01T13:00:00.001Z", maxAge],
    ["a greatest age of 0 at its start", { maxAgeSecs: 0 }, start, []],
    [
      "a greatest age of 0 and a millisecond",
      { maxAgeSecs: 0 },
      "2026-01-01T12:00:00.001Z",
      ["maxAgeSecs", start],
    ],
    [
      "a greatest age of half a second",
      { maxAgeSecs: 0.5 },
      "2026-01-01T12:00:01Z",
      ["maxAgeSecs", "2026-01-01T12:00:00.500Z"],
    ],
    ["a start in the future", { maxAgeSecs: 3600 }, "2026-01-01T11:00:00Z", []],
    ["a millisecond before the tick", { cron: "0 3 * * *" }, "2026-01-02T02:59:59.999Z", []],
    ["the tick", { cron: "0 3 * * *" }, "2026-01-02T03:00:00.000Z", daily],
    ["the tick missed for weeks", { cron: "0 3 * * *" }, "2026-02-02T00:00:00Z", daily],
    ["a tick at its very start", { cron: "0 12 * * *" }, "2026-01-02T11:59:59Z", []],
    [
      "a tick in its time zone",
      { cron: "0 3 * * *", timeZone: "Europe/Prague" },
      "2026-01-02T02:00:00Z",
      ["cron", "2026-01-02T02:00:00.000Z"],
    ],
    ["no tick, ever", { cron: "0 0 31 2 *" }, "2126-01-01T00:00:00Z", []],
    ["both rules, of which one holds", both, "2026-01-01T14:00:00Z", maxAge],
    ["both rules, of which both hold", both, "2026-01-03T00:00:00Z", maxAge],
    [
      "both rules, of which the other one holds",
      { ...both, maxAgeSecs: 1e6 },
      "2026-01-03T00:00:00Z",
      daily,
    ],
  ];
  for (const [what, rules, now, expected] of rows) {
    it(`is ${expected[0] ?? "none"} after ${what}`, () => {
      assert.deepEqual(stale(rules, start, now), expected);
    });
  }

  for (const startedAt of ["", "yesterday"]) {
    it(`is none when the start of the run is not known (${JSON.stringify(startedAt)})`, () => {
      const rules = { maxAgeSecs: 0, cron: "* * * * *" };
      assert.deepEqual(stale(rules, startedAt, "2036-01-01T00:00:00Z"), []);
    });
  }

  it("drifts neither with late runs nor with late deployments", () => {
    const rules = { cron: "0 3 * * *" };
    for (const [startedAt, now, expected] of [
      ["2026-01-01T03:00:01Z", "2026-01-02T02:59:59Z", []],
      ["2026-01-01T23:59:59Z", "2026-01-02T02:59:59Z", []],
      ["2026-01-02T02:59:59Z", "2026-01-02T03:00:00Z", daily],
    ] as const) {
      assert.deepEqual(stale(rules, startedAt, now), expected);
    }
  });
});

describe("the ticks of a cron pattern", () => {
  const rows: readonly {
    readonly what: string;
    readonly cron: string;
    readonly zone?: string;
    readonly after: string;
    readonly expected: readonly string[];
  }[] = [
    {
      what: "are UTC without a time zone",
      cron: "0 3 * * *",
      after: "2026-01-01T03:00:00Z",
      expected: ["2026-01-02T03:00Z", "2026-01-03T03:00Z"],
    },
    {
      what: "keep their time of day when summer begins in Prague",
      cron: "0 4 * * *",
      zone: "Europe/Prague",
      after: "2026-03-28T00:00:00Z",
      expected: ["2026-03-28T03:00Z", "2026-03-29T02:00Z", "2026-03-30T02:00Z"],
    },
    {
      what: "keep their time of day when winter begins in Prague",
      cron: "0 4 * * *",
      zone: "Europe/Prague",
      after: "2026-10-24T00:00:00Z",
      expected: ["2026-10-24T02:00Z", "2026-10-25T03:00Z", "2026-10-26T03:00Z"],
    },
    {
      what: "keep their time of day when summer begins in New York",
      cron: "0 4 * * *",
      zone: "America/New_York",
      after: "2026-03-07T00:00:00Z",
      expected: ["2026-03-07T09:00Z", "2026-03-08T08:00Z", "2026-03-09T08:00Z"],
    },
    {
      what: "keep their time of day when winter begins in New York",
      cron: "0 4 * * *",
      zone: "America/New_York",
      after: "2026-10-31T00:00:00Z",
      expected: ["2026-10-31T08:00Z", "2026-11-01T09:00Z", "2026-11-02T09:00Z"],
    },
    {
      what: "come once, when the clock has jumped, at a time that Prague skips",
      cron: "30 2 * * *",
      zone: "Europe/Prague",
      after: "2026-03-28T12:00:00Z",
      expected: ["2026-03-29T01:00Z", "2026-03-30T00:30Z"],
    },
    {
      what: "come once, at the first of both, at a time that Prague has twice",
      cron: "30 2 * * *",
      zone: "Europe/Prague",
      after: "2026-10-24T12:00:00Z",
      expected: ["2026-10-25T00:30Z", "2026-10-26T01:30Z"],
    },
    {
      what: "come once, when the clock has jumped, at a time that New York skips",
      cron: "30 2 * * *",
      zone: "America/New_York",
      after: "2026-03-07T12:00:00Z",
      expected: ["2026-03-08T07:00Z", "2026-03-09T06:30Z"],
    },
    {
      what: "come once, at the first of both, at a time that New York has twice",
      cron: "30 1 * * *",
      zone: "America/New_York",
      after: "2026-10-31T12:00:00Z",
      expected: ["2026-11-01T05:30Z", "2026-11-02T06:30Z"],
    },
    {
      what: "come in leap years alone on 29 February",
      cron: "0 0 29 2 *",
      after: "2026-01-01T00:00:00Z",
      expected: ["2028-02-29T00:00Z", "2032-02-29T00:00Z"],
    },
    {
      what: "never come on 31 February",
      cron: "0 0 31 2 *",
      after: "2026-01-01T00:00:00Z",
      expected: [],
    },
  ];
  for (const { what, cron, zone, after, expected } of rows) {
    it(what, () => {
      assert.deepEqual(ticks(cron, zone, after, Math.max(expected.length, 1)), expected);
    });
  }

  it("are UTC without a time zone, also on a machine that has another one", () => {
    const { TZ } = process.env;
    process.env.TZ = "Asia/Tokyo";
    try {
      assert.equal(new Date(0).getHours(), 9);
      const [first] = ticks("0 3 * * *", undefined, "2026-01-01T00:00:00Z");
      assert.equal(first, "2026-01-01T03:00Z");
    } finally {
      if (TZ === undefined) delete process.env.TZ;
      else process.env.TZ = TZ;
    }
  });

  for (const [zone, begin] of [
    ["Europe/Prague", "2026-03-28T12:00:00Z"],
    ["Europe/Prague", "2026-10-24T12:00:00Z"],
    ["America/New_York", "2026-03-07T12:00:00Z"],
    ["America/New_York", "2026-10-31T12:00:00Z"],
  ] as const) {
    it(`come each hour through the change of the clock in ${zone} after ${begin}`, () => {
      const beginMillis = Date.parse(begin);
      for (let hour = 0; hour < 36; hour++) {
        const millis = beginMillis + hour * 3_600_000;
        assert.equal(nextTick("0 * * * *", zone, millis), millis + 3_600_000);
        assert.equal(nextTick("0 * * * *", zone, millis - 1), millis);
      }
    });

    it(`are the same from wherever one counts, around ${begin} in ${zone}`, () => {
      const moments = Array.from({ length: 216 }, (_, at) => Date.parse(begin) + at * 600_000);
      for (const cron of ["30 1 * * *", "30 2 * * *", "0 3 * * *"]) {
        const all = new Set(moments.map((millis) => nextTick(cron, zone, millis) ?? 0));
        for (const millis of moments) {
          const first = [...all].find((tick) => tick > millis);
          assert.equal(nextTick(cron, zone, millis), first);
        }
      }
    });
  }

  it("are none of a pattern or a time zone that is wrong", () => {
    assert.throws(() => nextTick("0 0 3 * * *", undefined, 0), /6 parts/);
    assert.throws(() => nextTick("0 3 * * *", "Mars/Olympus", 0), /Mars\/Olympus/);
  });
});
