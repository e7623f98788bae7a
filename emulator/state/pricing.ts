import { z } from "zod";

const usd = z.number().min(0);

/** Keyed by the tier of the account: FREE, BRONZE, SILVER, GOLD, PLATINUM or DIAMOND. */
const eventTiers = z.record(z.string(), z.looseObject({ tieredEventPriceUsd: usd }));
const itemTiers = z.record(z.string(), z.looseObject({ tieredPricePerUnitUsd: usd }));

const chargeEvent = z.looseObject({
  eventTitle: z.string().optional(),
  eventDescription: z.string().optional(),
  eventPriceUsd: usd.optional(),
  eventTieredPricingUsd: eventTiers.optional(),
  isPrimaryEvent: z.boolean().optional(),
  isOneTimeEvent: z.boolean().optional(),
});

/**
 * How the runs of an Actor are charged: the `pricingInfo` of a run. Other fields of Apify's are
 * accepted.
 */
export const pricingInfo = z.looseObject({
  /** PAY_PER_EVENT, PRICE_PER_DATASET_ITEM, FLAT_PRICE_PER_MONTH or FREE. */
  pricingModel: z.string(),
  /** Only for PAY_PER_EVENT. */
  pricingPerEvent: z
    .looseObject({ actorChargeEvents: z.record(z.string(), chargeEvent).default({}) })
    .optional(),
  /** The minimum of `maxTotalChargeUsd`. */
  minimalMaxTotalChargeUsd: usd.optional(),
  /** Only for PRICE_PER_DATASET_ITEM. */
  unitName: z.string().optional(),
  pricePerUnitUsd: usd.optional(),
  tieredPricing: itemTiers.optional(),
});

/** How the runs of an Actor are charged. */
export type PricingInfo = z.output<typeof pricingInfo>;

/** The price of an event for an account of this tier, in USD; undefined if it has no price. */
export function eventPriceUsd(
  { pricingPerEvent }: PricingInfo,
  { event, tier }: { event: string; tier: string },
): number | undefined {
  const events = pricingPerEvent?.actorChargeEvents ?? {};
  const priced = Object.hasOwn(events, event) ? events[event] : undefined;
  if (priced === undefined) return undefined;
  const tiers = priced.eventTieredPricingUsd ?? {};
  // An account whose tier has no price of its own pays that of the FREE tier.
  const price = priced.eventPriceUsd ?? (tiers[tier] ?? tiers.FREE)?.tieredEventPriceUsd;
  return price ?? 0;
}
