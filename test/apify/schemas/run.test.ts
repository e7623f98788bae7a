import assert from "node:assert/strict";
import { runListSchema, runSchema, runShortSchema } from "../../../provider/apify/schemas/run";
import example from "../../fixtures/run-201.json";

/** What the documentation marks as required and no more, apart from objects that may grow or shrink. */
const least = {
  id: "r1",
  actId: "a1",
  userId: "u1",
  status: "READY",
  startedAt: "2026-01-01T00:00:00.000Z",
  buildId: "b1",
  defaultDatasetId: "d1",
  defaultKeyValueStoreId: "k1",
  defaultRequestQueueId: "q1",
};

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
    assert.equal(runSchema.safeParse({ ...least, id: "" }).success, false);
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
      const wrong = { ...least, usage: { [key]: "3" } };
      assert.equal(runSchema.safeParse(wrong).success, false);
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

describe("the schema of a list of runs", () => {
  const page = { total: 1, offset: 0, limit: 10, count: 1, desc: true };

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
