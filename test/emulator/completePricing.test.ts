import assert from "node:assert/strict";
import { completePricing } from "../../emulator/state/completePricing";

const since = "2026-01-01T00:00:00.000Z";
const stated = { apifyMarginPercentage: 0.2, createdAt: since, startedAt: since };

describe("a declared pricing", () => {
  for (const [declared, complete] of [
    [{ pricingModel: "FREE" }, { pricingModel: "FREE" }],
    [
      { pricingModel: "PAY_PER_EVENT" },
      { pricingModel: "PAY_PER_EVENT", pricingPerEvent: { actorChargeEvents: {} } },
    ],
    [
      { pricingModel: "PRICE_PER_DATASET_ITEM", pricePerUnitUsd: 1 },
      { pricingModel: "PRICE_PER_DATASET_ITEM", pricePerUnitUsd: 1, unitName: "result" },
    ],
    [
      { pricingModel: "FLAT_PRICE_PER_MONTH" },
      { pricingModel: "FLAT_PRICE_PER_MONTH", trialMinutes: 0, pricePerUnitUsd: 0 },
    ],
  ] as const) {
    it(`gets what Apify always states: ${declared.pricingModel}`, () => {
      assert.deepEqual(completePricing(declared, since), { ...stated, ...complete });
    });
  }

  it("gets a title for each event, and keeps what it states itself", () => {
    const actorChargeEvents = { page: {}, report: { eventTitle: "Report", eventPriceUsd: 1 } };
    const pricingPerEvent = { actorChargeEvents };
    const declared = { pricingModel: "PAY_PER_EVENT", apifyMarginPercentage: 0.5, pricingPerEvent };
    const complete = completePricing(declared, since);
    assert.equal(complete.apifyMarginPercentage, 0.5);
    assert.deepEqual(complete.pricingPerEvent?.actorChargeEvents, {
      page: { eventTitle: "page", eventDescription: "" },
      report: { eventTitle: "Report", eventDescription: "", eventPriceUsd: 1 },
    });
  });
});
