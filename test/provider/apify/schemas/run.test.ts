import assert from "node:assert/strict";
import fc from "fast-check";
import { runListSchema, runSchema, runShortSchema } from "../../../../provider/apify/schemas/run";
import example from "../../../fixtures/run-201.json";

/** What has to be there. */
const least = { id: "r1", status: "READY" };

/** What Apify promises, so that null for it counts as absent. */
const expected = [
  "actId",
  "userId",
  "startedAt",
  "buildId",
  "defaultDatasetId",
  "defaultKeyValueStoreId",
  "defaultRequestQueueId",
];

const optional = [
  "actorTaskId",
  "finishedAt",
  "statusMessage",
  "isStatusMessageTerminal",
  "meta",
  "stats",
  "options",
  "exitCode",
  "generalAccess",
  "storageIds",
  "buildNumber",
  "containerUrl",
  "isContainerServerReady",
  "gitBranchName",
  "pricingInfo",
  "chargedEventCounts",
  "usage",
  "usageUsd",
  "usageTotalUsd",
  "platformUsageBillingModel",
  "metamorphs",
];

/** A value as JSON shows it: without what is undefined. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** An object with each of its values, however deep, replaced by null. */
function nulled(value: object): object {
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [
      key,
      typeof inner === "object" && inner !== null ? nulled(inner) : null,
    ]),
  );
}

describe("the schema of a run", () => {
  it("reads the documentation's example, all of it", () => {
    assert.deepEqual(runSchema.parse(example.data), example.data);
  });

  it("reads a run that has only what is required", () => {
    assert.deepEqual(runSchema.parse(least), least);
  });

  it("reads a run whose other fields are all null", () => {
    const run = { ...least, ...Object.fromEntries(optional.map((field) => [field, null])) };
    assert.deepEqual(runSchema.parse(run), run);
  });

  for (const field of optional) {
    it(`reads the example without ${field} and with null for it`, () => {
      const { [field]: removed, ...run } = example.data as Record<string, unknown>;
      assert.deepEqual(runSchema.parse(run), run, `without ${typeof removed}`);
      const withNull = { ...run, [field]: null };
      assert.deepEqual(runSchema.parse(withNull), withNull);
    });
  }

  for (const field of expected) {
    it(`reads the example without ${field}, and null for it as its absence`, () => {
      const { [field]: removed, ...run } = example.data as Record<string, unknown>;
      assert.ok(removed);
      assert.deepEqual(runSchema.parse(run), run);
      assert.equal(runSchema.parse({ ...run, [field]: null })[field], undefined);
    });
  }

  for (const field of ["meta", "stats", "options", "usage", "usageUsd"] as const) {
    it(`reads ${field} with nothing in it and with nothing but nulls`, () => {
      for (const inner of [{}, nulled(example.data[field])]) {
        const run = { ...example.data, [field]: inner };
        assert.deepEqual(runSchema.parse(run), run);
      }
    });
  }

  for (const field of Object.keys(least)) {
    it(`insists on ${field}`, () => {
      const { [field]: removed, ...run } = least as Record<string, unknown>;
      assert.ok(removed);
      assert.equal(runSchema.safeParse(run).success, false);
      assert.equal(runSchema.safeParse({ ...run, [field]: null }).success, false);
    });
  }

  it("insists on an id that is one", () => {
    for (const id of ["", ".", "..", "a/b", "a\\b", "a b", "a\n", "\u202e", "a".repeat(201)]) {
      assert.equal(runSchema.safeParse({ ...least, id }).success, false, JSON.stringify(id));
    }
    for (const id of ["HG7ML7M8z78YcAPEB", "a.b", "...", "a~b", "run_1-2", "é", "a".repeat(200)]) {
      assert.equal(runSchema.parse({ ...least, id }).id, id);
    }
  });

  it("lets statuses pass that nobody knows yet", () => {
    const known = "READY RUNNING SUCCEEDED FAILED TIMING-OUT TIMED-OUT ABORTING ABORTED".split(" ");
    for (const status of [...known, "PAUSED", ""]) {
      assert.equal(runSchema.parse({ ...least, status }).status, status);
    }
  });

  it("lets fields pass that nobody knows yet, at every level", () => {
    const news = { news: { deep: [1] } };
    const run = {
      ...least,
      ...news,
      meta: { origin: "MOON", ...news },
      stats: news,
      options: news,
      storageIds: news,
      usage: { NEW_COUNTER: 1 },
      usageUsd: { NEW_COUNTER: 0.1 },
      pricingInfo: { pricingModel: "FREE", ...news },
      metamorphs: [news],
      generalAccess: "NEW_LEVEL",
    };
    assert.deepEqual(runSchema.parse(run), run);
  });

  it("keeps either spelling of the external transfer", () => {
    for (const key of ["DATA_TRANSFER_EXTERNAL_GBYTES", "DATA_TRANSFER_EXTERNAL_GBYTES?"]) {
      const run = { ...least, usage: { [key]: 3 }, usageUsd: { [key]: 0.0002 } };
      assert.deepEqual(runSchema.parse(run), run);
      const odd = { ...least, usage: { [key]: "3", PROXY_SERPS: 1 } };
      assert.deepEqual(plain(runSchema.parse(odd)), { ...least, usage: { PROXY_SERPS: 1 } });
    }
  });

  it("reads where a run was metamorphed to", () => {
    const metamorph = {
      createdAt: "2019-11-30T07:39:24.202Z",
      actorId: "nspoEjklmnsF2oosD",
      buildId: "ME6oKecqy5kXDS4KQ",
    };
    const metamorphs = [
      { ...metamorph, inputKey: "INPUT-METAMORPH-1" },
      { ...metamorph, inputKey: null },
      metamorph,
    ];
    assert.deepEqual(runSchema.parse({ ...least, metamorphs }).metamorphs, metamorphs);
    assert.deepEqual(runSchema.parse({ ...least, metamorphs: [] }).metamorphs, []);
  });

  it("reads counts of charged events under the names the Actor gave them", () => {
    const chargedEventCounts = { "apify-actor-start": 1, "my event": 0 };
    assert.deepEqual(
      runSchema.parse({ ...least, chargedEventCounts }).chargedEventCounts,
      chargedEventCounts,
    );
  });

  it("reads the storages by their aliases", () => {
    const storageIds = { datasets: { default: "d1", other: "d2" }, keyValueStores: null };
    assert.deepEqual(runSchema.parse({ ...least, storageIds }).storageIds, storageIds);
  });
});

describe("a run with something in it that is not of its type", () => {
  const rows: readonly (readonly [odd: Record<string, unknown>, left: Record<string, unknown>])[] =
    [
      [{ stats: "none" }, {}],
      [{ stats: { computeUnits: "0.1", runTimeSecs: 3 } }, { stats: { runTimeSecs: 3 } }],
      [{ storageIds: [] }, {}],
      [
        { storageIds: { datasets: { default: "d1", other: 5 }, keyValueStores: "k" } },
        { storageIds: { datasets: { default: "d1" } } },
      ],
      [{ usage: 5, usageUsd: null }, { usageUsd: null }],
      [{ exitCode: "1", statusMessage: "kept" }, { statusMessage: "kept" }],
      [{ exitCode: Infinity }, {}],
      [{ chargedEventCounts: { a: 1, b: "2", c: null } }, { chargedEventCounts: { a: 1 } }],
      [{ chargedEventCounts: [1] }, {}],
      [
        { metamorphs: [{ actorId: "a1" }, 5, null, { actorId: 5 }] },
        { metamorphs: [{ actorId: "a1" }, {}] },
      ],
      [{ generalAccess: 3 }, {}],
      [
        { meta: { scheduledAt: 5, userAgent: "ours", more: [1] } },
        { meta: { userAgent: "ours", more: [1] } },
      ],
      [{ pricingInfo: "FREE" }, {}],
      [{ pricingInfo: { pricingModel: 5, trialMinutes: 1 } }, { pricingInfo: { trialMinutes: 1 } }],
      [{ actorTaskId: {}, defaultDatasetId: "..", actId: "a/b", buildId: 5, startedAt: [] }, {}],
      [{ unread: true }, {}],
    ];
  for (const [odd, left] of rows) {
    it(`is read without it: ${JSON.stringify(odd)}`, () => {
      assert.deepEqual(plain(runSchema.parse({ ...least, ...odd })), { ...least, ...left });
    });
  }

  it("is read whatever it is, and is small enough to be stored", () => {
    const fields = [
      ...Object.keys(example.data),
      ...optional,
      ...expected,
      "news",
      "__proto__",
    ].filter((field) => field !== "id" && field !== "status");
    const patch = fc.dictionary(fc.constantFrom(...fields), fc.jsonValue());
    fc.assert(
      fc.property(patch, (odd) => {
        const run = runSchema.parse(JSON.parse(JSON.stringify({ ...example.data, ...odd })));
        assert.deepEqual([run.id, run.status], [example.data.id, example.data.status]);
        assert.equal(Object.getPrototypeOf(run), Object.prototype);
      }),
    );
  });
});

describe("the schema of a list of runs", () => {
  const page = { total: 1, offset: 0, limit: 10, count: 1, desc: true };

  it("reads the runs, whatever the page says of itself", () => {
    const items = [{ id: "r1", status: "READY" }];
    for (const odd of [undefined, null, "1", {}, [], true, -1, 1e300]) {
      const said = Object.fromEntries(Object.keys(page).map((field) => [field, odd]));
      assert.deepEqual(runListSchema.parse({ ...said, items }).items, items);
    }
  });

  it("reads runs whose other fields are odd", () => {
    const odd = { startedAt: 5, finishedAt: {}, actorTaskId: [], buildId: true, meta: "API" };
    const items = [{ id: "r1", status: "READY", ...odd }];
    assert.deepEqual(plain(runListSchema.parse({ items })), {
      items: [{ id: "r1", status: "READY" }],
    });
  });

  it("reads a page, unknown fields included", () => {
    const items = [
      { id: "r1", status: "RUNNING", usageTotalUsd: 0.1, meta: { origin: "API", userAgent: "x" } },
      { id: "r2", status: "NEW", startedAt: null, finishedAt: null, actorTaskId: null, meta: null },
    ];
    assert.deepEqual(runListSchema.parse({ ...page, items, next: 1 }), { ...page, items, next: 1 });
  });

  it("reads a whole run as one of its items", () => {
    assert.deepEqual(runShortSchema.parse(example.data), example.data);
  });

  it("refuses a page in which a run has no id", () => {
    assert.equal(runListSchema.safeParse({ ...page, items: [{ status: "READY" }] }).success, false);
  });
});
