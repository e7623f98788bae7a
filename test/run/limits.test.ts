import assert from "node:assert/strict";
import { usedUpLimit } from "../../provider/run/limits";
import { aRun } from "../support/run";
import type { Run } from "../../provider/apify/schemas/run";

function eventPricing(prices: Readonly<Record<string, number | null>> | null): Partial<Run> {
  const actorChargeEvents =
    prices &&
    Object.fromEntries(
      Object.entries(prices).map(([event, eventPriceUsd]) => [
        event,
        { eventTitle: event, eventPriceUsd },
      ]),
    );
  const pricingPerEvent = { actorChargeEvents };
  return {
    pricingInfo: { pricingModel: "PAY_PER_EVENT", pricingPerEvent },
  };
}

const items = (count: number): Partial<Run> => ({
  chargedEventCounts: { "apify-default-dataset-item": count },
});
const atMost = (maxTotalChargeUsd: number | null): Partial<Run> => ({
  options: { maxTotalChargeUsd },
});

describe("the limit that a run has used up", () => {
  const rows: readonly (readonly [string, Partial<Run>, string | undefined])[] = [
    ["there is none", {}, undefined],
    ["there are no options", { options: null, usageTotalUsd: 5 }, undefined],
    [
      "the platform was paid up to the limit",
      { ...atMost(2), usageTotalUsd: 2 },
      "it had used up maxTotalChargeUsd (2 of 2 USD)",
    ],
    [
      "the platform was paid beyond the limit",
      { ...atMost(2), usageTotalUsd: 2.5 },
      "it had used up maxTotalChargeUsd (2.5 of 2 USD)",
    ],
    ["the platform was paid less", { ...atMost(2), usageTotalUsd: 1.99 }, undefined],
    ["nobody knows what was paid", { ...atMost(2), usageTotalUsd: null }, undefined],
    ["the limit is 0, which is none", { ...atMost(0), usageTotalUsd: 1 }, undefined],
    ["the limit is not set", { ...atMost(null), usageTotalUsd: 1 }, undefined],
    [
      "the events cost the limit, to the last digit",
      { ...atMost(0.3), ...eventPricing({ page: 0.1 }), chargedEventCounts: { page: 3 } },
      "it had used up maxTotalChargeUsd (0.3 of 0.3 USD)",
    ],
    [
      "different events cost the limit together",
      {
        ...atMost(1),
        ...eventPricing({ page: 0.25, start: 0.5 }),
        chargedEventCounts: { page: 2, start: 1, other: 100 },
      },
      "it had used up maxTotalChargeUsd (1 of 1 USD)",
    ],
    [
      "the events cost less, whatever the platform cost the Actor's owner",
      {
        ...atMost(1),
        ...eventPricing({ page: 0.1 }),
        chargedEventCounts: { page: 3 },
        usageTotalUsd: 5,
      },
      undefined,
    ],
    [
      "an event has no price",
      { ...atMost(1), ...eventPricing({ page: null }), chargedEventCounts: { page: 3 } },
      undefined,
    ],
    [
      "no event was charged",
      { ...atMost(1), ...eventPricing({ page: 1 }), chargedEventCounts: null },
      undefined,
    ],
    [
      "the prices of the events are not told, so that the platform counts",
      { ...atMost(1), ...eventPricing(null), usageTotalUsd: 1 },
      "it had used up maxTotalChargeUsd (1 of 1 USD)",
    ],
    [
      "the Actor is paid otherwise, so that the platform counts",
      {
        ...atMost(1),
        pricingInfo: { pricingModel: "PRICE_PER_DATASET_ITEM" },
        usageTotalUsd: 1,
      },
      "it had used up maxTotalChargeUsd (1 of 1 USD)",
    ],
    [
      "the items are delivered",
      { options: { maxItems: 10 }, ...items(10) },
      "it had delivered maxItems (10 of 10)",
    ],
    ["items are missing", { options: { maxItems: 10 }, ...items(9) }, undefined],
    ["nobody counted the items", { options: { maxItems: 10 } }, undefined],
    ["items may be any number", { options: { maxItems: 0 }, ...items(9) }, undefined],
    [
      "both are used up",
      { options: { maxItems: 10, maxTotalChargeUsd: 1 }, usageTotalUsd: 1, ...items(10) },
      "it had used up maxTotalChargeUsd (1 of 1 USD)",
    ],
  ];
  for (const [what, run, expected] of rows) {
    it(`is ${expected === undefined ? "none" : "named"} when ${what}`, () => {
      assert.equal(usedUpLimit(aRun(run)), expected);
    });
  }
});
