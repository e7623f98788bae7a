/** How the runs of an Actor are charged: the `pricingInfo` of a run. */
export interface PricingInfo {
  /** PAY_PER_EVENT, PRICE_PER_DATASET_ITEM, FLAT_PRICE_PER_MONTH or FREE. */
  readonly pricingModel: string;
  /** Only for PAY_PER_EVENT. */
  readonly pricingPerEvent?: PricingPerEvent | undefined;
  /** The minimum of `maxTotalChargeUsd`. */
  readonly minimalMaxTotalChargeUsd?: number | undefined;
  /** Only for PRICE_PER_DATASET_ITEM. */
  readonly unitName?: string | undefined;
  readonly pricePerUnitUsd?: number | undefined;
  /** By the tier of the account. */
  readonly tieredPricing?: Readonly<Record<string, { tieredPricePerUnitUsd: number }>> | undefined;
  readonly [other: string]: unknown;
}

/** The prices of an Actor's events. */
export interface PricingPerEvent {
  readonly actorChargeEvents?: Readonly<Record<string, ChargeEvent>> | undefined;
  readonly [other: string]: unknown;
}

/** An event that an Actor charges. Without any price it is free. */
export interface ChargeEvent {
  readonly eventTitle?: string | undefined;
  readonly eventDescription?: string | undefined;
  readonly eventPriceUsd?: number | undefined;
  /** By the tier of the account: FREE, BRONZE, SILVER, GOLD, PLATINUM or DIAMOND. */
  readonly eventTieredPricingUsd?:
    Readonly<Record<string, { tieredEventPriceUsd: number }>> | undefined;
  readonly isPrimaryEvent?: boolean | undefined;
  readonly isOneTimeEvent?: boolean | undefined;
  readonly [other: string]: unknown;
}

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
