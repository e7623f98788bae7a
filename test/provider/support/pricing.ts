import type { Run } from "../../../provider/apify/schemas/run";

/** A run's prices by event. */
export function eventPricing(prices: Readonly<Record<string, number | null>> | null): Partial<Run> {
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

/** Prices of the event `page` by the tier of the account's plan. */
export function tieredPricing(prices: Readonly<Record<string, number>>): Partial<Run> {
  const tiers = Object.entries(prices).map(([tier, usd]) => [tier, { tieredEventPriceUsd: usd }]);
  const page = { eventTieredPricingUsd: Object.fromEntries(tiers) as Record<string, object> };
  return {
    pricingInfo: {
      pricingModel: "PAY_PER_EVENT",
      pricingPerEvent: { actorChargeEvents: { page } },
    },
  };
}

/** A price by result. */
export const perResult: Partial<Run> = {
  pricingInfo: { pricingModel: "PRICE_PER_DATASET_ITEM", pricePerUnitUsd: 0.002 },
};
