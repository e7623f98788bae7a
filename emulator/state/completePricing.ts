import type { PricingInfo } from "./pricing";

/** Apify's commission. */
const apifyMarginPercentage = 0.2;

/**
 * Adds to a declared pricing what Apify always states, because the official Python client refuses a
 * run without it: https://docs.apify.com/api/v2/actor-run-get
 */
export function completePricing(declared: PricingInfo, since: string): PricingInfo {
  const stated = { apifyMarginPercentage, createdAt: since, startedAt: since };
  switch (declared.pricingModel) {
    case "PAY_PER_EVENT":
      return { ...stated, ...declared, pricingPerEvent: completeEvents(declared) };
    case "PRICE_PER_DATASET_ITEM":
      return { ...stated, unitName: "result", ...declared };
    case "FLAT_PRICE_PER_MONTH":
      return { ...stated, trialMinutes: 0, pricePerUnitUsd: 0, ...declared };
    default:
      return { ...stated, ...declared };
  }
}

function completeEvents({ pricingPerEvent }: PricingInfo): PricingInfo["pricingPerEvent"] {
  const events = Object.entries(pricingPerEvent?.actorChargeEvents ?? {});
  return {
    ...pricingPerEvent,
    actorChargeEvents: Object.fromEntries(
      events.map(([name, event]) => [name, { eventTitle: name, eventDescription: "", ...event }]),
    ),
  };
}
