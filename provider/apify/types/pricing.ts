interface PricingBase {
  /** Apify's share, from 0 to 1. */
  readonly apifyMarginPercentage?: number | null | undefined;
  readonly createdAt?: string | null | undefined;
  readonly startedAt?: string | null | undefined;
  readonly notifiedAboutFutureChangeAt?: string | null | undefined;
  readonly notifiedAboutChangeAt?: string | null | undefined;
  readonly reasonForChange?: string | null | undefined;
  readonly [field: string]: unknown;
}

/** The price of an event for the accounts of one tier. */
export interface TieredEventPrice {
  readonly tieredEventPriceUsd?: number | null | undefined;
  readonly [field: string]: unknown;
}

/** The price of a unit for the accounts of one tier. */
export interface TieredUnitPrice {
  readonly tieredPricePerUnitUsd?: number | null | undefined;
  readonly [field: string]: unknown;
}

/** An event that an Actor charges for. */
export interface ChargeEvent {
  /** Absent if the price depends on the tier of the account's plan. */
  readonly eventPriceUsd?: number | null | undefined;
  /** The prices by tier, such as `FREE` or `GOLD`. */
  readonly eventTieredPricingUsd?: Readonly<Record<string, TieredEventPrice>> | null | undefined;
  /** Whether it is the event that the Actor mainly charges for. */
  readonly isPrimaryEvent?: boolean | null | undefined;
  /** Whether a run is charged for it at most once. */
  readonly isOneTimeEvent?: boolean | null | undefined;
  readonly eventTitle?: string | null | undefined;
  readonly eventDescription?: string | null | undefined;
  readonly [field: string]: unknown;
}

/** The user pays for each event of the Actor. */
export interface PayPerEventPricing extends PricingBase {
  readonly pricingModel: "PAY_PER_EVENT";
  readonly pricingPerEvent?:
    | {
        readonly actorChargeEvents?: Readonly<Record<string, ChargeEvent>> | null | undefined;
        readonly [field: string]: unknown;
      }
    | null
    | undefined;
  /** The smallest `maxTotalChargeUsd` that the Actor accepts. */
  readonly minimalMaxTotalChargeUsd?: number | null | undefined;
  /** Whether the user pays for platform usage in addition to the events. */
  readonly isPPEPlatformUsagePaidByUser?: boolean | null | undefined;
}

/** The user pays for each item in the default dataset. */
export interface PricePerDatasetItemPricing extends PricingBase {
  readonly pricingModel: "PRICE_PER_DATASET_ITEM";
  readonly unitName?: string | null | undefined;
  /** Absent if the price depends on the tier. */
  readonly pricePerUnitUsd?: number | null | undefined;
  /** The prices by tier, such as `FREE` or `GOLD`. */
  readonly tieredPricing?: Readonly<Record<string, TieredUnitPrice>> | null | undefined;
}

/** The user rents the Actor. */
export interface FlatPricePerMonthPricing extends PricingBase {
  readonly pricingModel: "FLAT_PRICE_PER_MONTH";
  readonly trialMinutes?: number | null | undefined;
  /** Absent if the price depends on the tier. */
  readonly pricePerUnitUsd?: number | null | undefined;
  /** The prices by tier, such as `FREE` or `GOLD`. */
  readonly tieredPricing?: Readonly<Record<string, TieredUnitPrice>> | null | undefined;
}

/** The user pays only for platform usage. */
export interface FreePricing extends PricingBase {
  readonly pricingModel: "FREE";
}

/** A pricing model that this version does not know. */
export interface OtherPricing extends PricingBase {
  readonly pricingModel?: string | null | undefined;
}

/** How a run is charged: one of Apify's pricing models, told apart by `pricingModel`. */
export type PricingInfo =
  | PayPerEventPricing
  | PricePerDatasetItemPricing
  | FlatPricePerMonthPricing
  | FreePricing
  | OtherPricing;
