import assert from "node:assert/strict";
import { usedUpLimit } from "../../../provider/run/usedUpLimit";
import { aRun } from "../../support/run";
import { eventPricing, perResult, tieredPricing } from "../support/pricing";
import type { Run } from "../../../provider/apify/schemas/run";

const itemEvent = "apify-default-dataset-item";
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
      "the run had used up `maxTotalChargeUsd` (2 of 2 USD)",
    ],
    [
      "the platform was paid beyond the limit",
      { ...atMost(2), usageTotalUsd: 2.5 },
      "the run had used up `maxTotalChargeUsd` (2.5 of 2 USD)",
    ],
    ["the platform was paid less", { ...atMost(2), usageTotalUsd: 1.99 }, undefined],
    ["nobody knows what was paid", { ...atMost(2), usageTotalUsd: null }, undefined],
    ["the limit is 0, which is none", { ...atMost(0), usageTotalUsd: 1 }, undefined],
    ["the limit is not set", { ...atMost(null), usageTotalUsd: 1 }, undefined],
    [
      "the events cost the limit, to the last digit",
      { ...atMost(0.3), ...eventPricing({ page: 0.1 }), chargedEventCounts: { page: 3 } },
      "the run had used up `maxTotalChargeUsd` (0.3 of 0.3 USD)",
    ],
    [
      "different events cost the limit together",
      {
        ...atMost(1),
        ...eventPricing({ page: 0.25, start: 0.5 }),
        chargedEventCounts: { page: 2, start: 1, other: 100 },
      },
      "the run had used up `maxTotalChargeUsd` (1 of 1 USD)",
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
      "the prices of the events are not told",
      { ...atMost(1), ...eventPricing(null), usageTotalUsd: 1 },
      undefined,
    ],
    [
      "what is left is less than any event costs",
      { ...atMost(5), ...eventPricing({ page: 0.007 }), chargedEventCounts: { page: 714 } },
      "the run had used up `maxTotalChargeUsd` (4.998 of 5 USD)",
    ],
    [
      "what is left is what the next event costs",
      { ...atMost(5), ...eventPricing({ page: 0.5 }), chargedEventCounts: { page: 9 } },
      undefined,
    ],
    [
      "what is left is less than the events cost that were charged, and another one still fits",
      {
        ...atMost(5),
        ...eventPricing({ page: 0.007, hint: 0.001 }),
        chargedEventCounts: { page: 714 },
      },
      "the run may have used up `maxTotalChargeUsd` (4.998 of 5 USD)",
    ],
    [
      "only an event no longer fits that was never charged",
      { ...atMost(5), ...eventPricing({ page: 1, film: 4 }), chargedEventCounts: { page: 2 } },
      undefined,
    ],
    [
      "only the start would still fit, which is charged once",
      {
        ...atMost(5),
        ...eventPricing({ "apify-actor-start": 0.001, page: 0.007 }),
        chargedEventCounts: { page: 714 },
      },
      "the run had used up `maxTotalChargeUsd` (4.998 of 5 USD)",
    ],
    [
      "only an event would still fit that was charged and is charged once",
      {
        ...atMost(5),
        chargedEventCounts: { page: 4, setup: 1 },
        pricingInfo: {
          pricingModel: "PAY_PER_EVENT",
          pricingPerEvent: {
            actorChargeEvents: {
              setup: { eventPriceUsd: 0.5, isOneTimeEvent: true },
              page: { eventPriceUsd: 1 },
            },
          },
        },
      },
      "the run had used up `maxTotalChargeUsd` (4.5 of 5 USD)",
    ],
    [
      "nothing is charged after the start, which left a part of it",
      {
        ...atMost(5),
        ...eventPricing({ "apify-actor-start": 1 }),
        chargedEventCounts: { "apify-actor-start": 1 },
      },
      undefined,
    ],
    [
      "events that cost nothing still fit",
      {
        ...atMost(5),
        ...eventPricing({ page: 0.007, look: 0 }),
        chargedEventCounts: { page: 714, look: 3 },
      },
      "the run had used up `maxTotalChargeUsd` (4.998 of 5 USD)",
    ],
    [
      "nothing was charged, and nothing would fit",
      { ...atMost(1), ...eventPricing({ page: 2 }), chargedEventCounts: { page: 0 } },
      undefined,
    ],
    [
      "it is used up by the prices of each plan",
      {
        ...atMost(1),
        ...tieredPricing({ FREE: 0.02, GOLD: 0.01 }),
        chargedEventCounts: { page: 100 },
      },
      "the run had used up `maxTotalChargeUsd` (1 to 2 of 1 USD)",
    ],
    [
      "it is used up by the prices of one plan, and which plan it is is not known",
      {
        ...atMost(1),
        ...tieredPricing({ FREE: 0.02, GOLD: 0.01 }),
        chargedEventCounts: { page: 50 },
      },
      "the run may have used up `maxTotalChargeUsd` (0.5 to 1 of 1 USD)",
    ],
    [
      "it is used up by the prices of no plan",
      {
        ...atMost(1),
        ...tieredPricing({ FREE: 0.02, GOLD: 0.01 }),
        chargedEventCounts: { page: 40 },
      },
      undefined,
    ],
    [
      "what was charged tells the prices of the account's own plan",
      {
        ...atMost(1),
        ...tieredPricing({ FREE: 0.02, GOLD: 0.01 }),
        chargedEventCounts: { page: 50 },
        eventUsage: { page: { eventTotalUsd: 0.5 } },
      },
      undefined,
    ],
    [
      "what was charged is told, and no other event fits",
      {
        ...atMost(1),
        ...tieredPricing({ FREE: 0.02, GOLD: 0.01 }),
        chargedEventCounts: { page: 99 },
        eventUsage: { page: { eventTotalUsd: 0.995 } },
      },
      "the run had used up `maxTotalChargeUsd` (0.995 of 1 USD)",
    ],
    [
      "events are named like what every object has",
      {
        ...atMost(1),
        ...eventPricing({ page: 1 }),
        chargedEventCounts: { constructor: 5, toString: 5 },
      },
      undefined,
    ],
    [
      "the platform is paid by the Actor's developer",
      { ...atMost(1), usageTotalUsd: 1, platformUsageBillingModel: "DEVELOPER" },
      undefined,
    ],
    [
      "the Actor is rented, so that the platform counts",
      { ...atMost(1), pricingInfo: { pricingModel: "FLAT_PRICE_PER_MONTH" }, usageTotalUsd: 1 },
      "the run had used up `maxTotalChargeUsd` (1 of 1 USD)",
    ],
    [
      "results are paid for, whatever the platform cost the Actor's owner",
      { ...atMost(1), ...perResult, usageTotalUsd: 5 },
      undefined,
    ],
    [
      "maxItems was given to an Actor that is paid by events",
      {
        options: { maxItems: 10 },
        ...eventPricing({ [itemEvent]: 1 }),
        chargedEventCounts: { [itemEvent]: 10 },
      },
      undefined,
    ],
  ];
  for (const [what, run, expected] of rows) {
    it(`is ${expected === undefined ? "none" : "named"} when ${what}`, () => {
      const limit = usedUpLimit(aRun(run));
      assert.equal(limit?.words, expected);
      const certainty = expected?.includes("may have") ? "possible" : "certain";
      assert.equal(limit?.certainty, expected && certainty);
    });
  }
});
