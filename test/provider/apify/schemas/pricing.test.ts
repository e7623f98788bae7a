import assert from "node:assert/strict";
import { pricingInfoSchema } from "../../../../provider/apify/schemas/pricing";

const common = {
  apifyMarginPercentage: 0.2,
  createdAt: "2026-01-01T00:00:00.000Z",
  startedAt: "2026-01-02T00:00:00.000Z",
  notifiedAboutFutureChangeAt: null,
  notifiedAboutChangeAt: null,
  reasonForChange: null,
};

describe("the schema of a pricing model", () => {
  const models: readonly (readonly [model: string, own: Record<string, unknown>])[] = [
    [
      "PAY_PER_EVENT",
      {
        pricingPerEvent: {
          actorChargeEvents: {
            start: {
              eventPriceUsd: 0.01,
              eventTitle: "Start",
              eventDescription: "Once a run",
              isOneTimeEvent: true,
            },
            page: {
              eventTieredPricingUsd: {
                FREE: { tieredEventPriceUsd: 0.004 },
                GOLD: { tieredEventPriceUsd: 0.002 },
              },
              eventTitle: "Page",
              isPrimaryEvent: true,
            },
          },
        },
        minimalMaxTotalChargeUsd: 0.5,
        isPPEPlatformUsagePaidByUser: false,
      },
    ],
    [
      "PRICE_PER_DATASET_ITEM",
      {
        unitName: "result",
        pricePerUnitUsd: 0.001,
        tieredPricing: { FREE: { tieredPricePerUnitUsd: 0.002 } },
      },
    ],
    [
      "FLAT_PRICE_PER_MONTH",
      {
        trialMinutes: 60,
        pricePerUnitUsd: 10,
        tieredPricing: { GOLD: { tieredPricePerUnitUsd: 9 } },
      },
    ],
    ["FREE", {}],
    ["PAY_PER_SMILE", { smiles: { each: 1 } }],
  ];
  for (const [pricingModel, own] of models) {
    it(`reads ${pricingModel} whole`, () => {
      const pricing = { pricingModel, ...common, ...own };
      assert.deepEqual(pricingInfoSchema.parse(pricing), pricing);
    });

    it(`reads ${pricingModel} with nulls and with nothing`, () => {
      const nulls = Object.fromEntries(
        Object.keys({ ...common, ...own }).map((key) => [key, null]),
      );
      assert.deepEqual(pricingInfoSchema.parse({ ...nulls, pricingModel }), {
        ...nulls,
        pricingModel,
      });
      assert.deepEqual(pricingInfoSchema.parse({ pricingModel }), { pricingModel });
    });
  }

  it("reads a price without a model", () => {
    for (const pricing of [{}, { pricingModel: null }]) {
      assert.deepEqual(pricingInfoSchema.parse(pricing), pricing);
    }
  });

  it("tells the models apart by their name", () => {
    const pricing = pricingInfoSchema.parse({ pricingModel: "FREE", trialMinutes: 7 });
    assert.equal(pricing.pricingModel, "FREE");
    assert.equal(pricing.trialMinutes, 7);
  });
});
