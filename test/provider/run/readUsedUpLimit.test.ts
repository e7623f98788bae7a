import assert from "node:assert/strict";
import { readUsedUpLimit } from "../../../provider/run/usedUpLimit";
import { aRun } from "../../support/run";
import { eventPricing, perResult } from "../support/pricing";
import type { Dataset } from "../../../provider/apify/schemas/dataset";
import type { Run } from "../../../provider/apify/schemas/run";

describe("the limit of a run that is paid by result", () => {
  const rows: readonly (readonly [
    string,
    Run["options"],
    number | undefined,
    string | undefined,
  ])[] = [
    [
      "the items are delivered",
      { maxItems: 10 },
      10,
      "the run had delivered as many items as `maxItems` allows (10 of 10)",
    ],
    [
      "more are delivered",
      { maxItems: 10 },
      12,
      "the run had delivered as many items as `maxItems` allows (12 of 10)",
    ],
    ["items are missing", { maxItems: 10 }, 9, undefined],
    ["nobody counted the items", { maxItems: 10 }, undefined, undefined],
    ["items may be any number", { maxItems: 0 }, 9, undefined],
    [
      "they cost the limit",
      { maxTotalChargeUsd: 1 },
      500,
      "the run had used up `maxTotalChargeUsd` (1 of 1 USD)",
    ],
    [
      "another one costs too much",
      { maxTotalChargeUsd: 0.999 },
      499,
      "the run had used up `maxTotalChargeUsd` (0.998 of 0.999 USD)",
    ],
    ["another one costs what is left", { maxTotalChargeUsd: 1 }, 499, undefined],
    ["those beyond maxItems cost nothing", { maxTotalChargeUsd: 1, maxItems: 100 }, 99, undefined],
    [
      "maxItems is used up and the money is not",
      { maxTotalChargeUsd: 5, maxItems: 10 },
      10,
      "the run had delivered as many items as `maxItems` allows (10 of 10)",
    ],
    [
      "both are used up",
      { maxTotalChargeUsd: 1, maxItems: 500 },
      500,
      "the run had used up `maxTotalChargeUsd` (1 of 1 USD)",
    ],
  ];
  for (const [what, options, items, expected] of rows) {
    it(`is ${expected === undefined ? "none" : "named"} when ${what}`, async () => {
      const run = aRun({ ...perResult, options });
      const asked: string[] = [];
      const getDataset = (id: string): Promise<Dataset> => {
        asked.push(id);
        return items === undefined
          ? Promise.reject(new Error("down"))
          : Promise.resolve({ itemCount: items, urlSigningSecretKey: undefined });
      };
      const limit = await readUsedUpLimit({ getDataset }, run);
      assert.equal(limit?.words, expected);
      assert.equal(limit?.certainty, expected && "certain");
      assert.deepEqual(asked, options?.maxItems === 0 ? [] : ["dataset1"]);
    });
  }

  it("is looked up for no other run", async () => {
    const asked: string[] = [];
    const getDataset = (id: string): Promise<never> => {
      asked.push(id);
      return Promise.reject(new Error("not to be asked"));
    };
    const others: Partial<Run>[] = [
      { options: { maxItems: 1 } },
      { options: { maxItems: 1 }, ...eventPricing({ page: 1 }) },
      { ...perResult },
      { ...perResult, options: {} },
      { ...perResult, options: { maxItems: 1 }, defaultDatasetId: undefined },
    ];
    for (const run of others) {
      assert.equal(await readUsedUpLimit({ getDataset }, aRun(run)), undefined);
    }
    assert.deepEqual(asked, []);
  });
});
