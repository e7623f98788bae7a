import { z } from "zod";
import { flag, number, optional, optionalRecord, text } from "./tolerant";

const common = {
  apifyMarginPercentage: number,
  createdAt: text,
  startedAt: text,
  notifiedAboutFutureChangeAt: text,
  notifiedAboutChangeAt: text,
  reasonForChange: text,
};

/** The price of an event, or of a unit, by the tier of the account's plan: `FREE`, `BRONZE`, `GOLD` … */
const tieredEventPrices = optionalRecord(z.looseObject({ tieredEventPriceUsd: number }));
const tieredUnitPrices = optionalRecord(z.looseObject({ tieredPricePerUnitUsd: number }));

const chargeEventSchema = z.looseObject({
  /** Absent if the price depends on the tier. */
  eventPriceUsd: number,
  eventTieredPricingUsd: tieredEventPrices,
  eventTitle: text,
  eventDescription: text,
  /** Whether this is the main event that the Actor charges for. */
  isPrimaryEvent: flag,
  /** Whether a run is charged for it at most once. */
  isOneTimeEvent: flag,
});

const payPerEventSchema = z.looseObject({
  ...common,
  pricingModel: z.literal("PAY_PER_EVENT"),
  pricingPerEvent: optional(
    z.looseObject({ actorChargeEvents: optionalRecord(chargeEventSchema) }),
  ),
  minimalMaxTotalChargeUsd: number,
  /** Whether the user pays for platform usage in addition to the events. */
  isPPEPlatformUsagePaidByUser: flag,
});

const pricePerItemSchema = z.looseObject({
  ...common,
  pricingModel: z.literal("PRICE_PER_DATASET_ITEM"),
  unitName: text,
  /** Absent if the price depends on the tier. */
  pricePerUnitUsd: number,
  tieredPricing: tieredUnitPrices,
});

const flatPriceSchema = z.looseObject({
  ...common,
  pricingModel: z.literal("FLAT_PRICE_PER_MONTH"),
  trialMinutes: number,
  pricePerUnitUsd: number,
  tieredPricing: tieredUnitPrices,
});

const freeSchema = z.looseObject({ ...common, pricingModel: z.literal("FREE") });

/** A pricing model that Apify introduces later is kept without being checked. */
const unknownPricingSchema = z.looseObject({ ...common, pricingModel: text });

/** How the run is charged: one of Apify's four pricing models, told apart by `pricingModel`. */
export const pricingInfoSchema = z.union([
  payPerEventSchema,
  pricePerItemSchema,
  flatPriceSchema,
  freeSchema,
  unknownPricingSchema,
]);

/** How a run is charged. */
export type PricingInfo = z.infer<typeof pricingInfoSchema>;
