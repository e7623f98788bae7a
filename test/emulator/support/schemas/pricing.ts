import { z } from "zod";
import { count, dateTime } from "./common";

const usd = z.number().min(0);

const commonFields = {
  apifyMarginPercentage: z.number().min(0).max(1),
  createdAt: dateTime,
  startedAt: dateTime,
  notifiedAboutFutureChangeAt: dateTime.nullish(),
  notifiedAboutChangeAt: dateTime.nullish(),
  reasonForChange: z.string().nullish(),
  isPriceChangeNotificationSuppressed: z.boolean().optional(),
  forceContainsSignificantPriceChange: z.boolean().optional(),
};

const chargeEvent = z.strictObject({
  eventTitle: z.string(),
  eventDescription: z.string(),
  eventPriceUsd: usd.optional(),
  eventTieredPricingUsd: z
    .record(z.string(), z.strictObject({ tieredEventPriceUsd: usd }))
    .optional(),
  isPrimaryEvent: z.boolean().optional(),
  isOneTimeEvent: z.boolean().optional(),
});

/** How the runs of an Actor are charged: `pricingInfo` of a run, `pricingInfos` of an Actor. */
export const pricingInfo = z.discriminatedUnion("pricingModel", [
  z.strictObject({
    ...commonFields,
    pricingModel: z.literal("PAY_PER_EVENT"),
    pricingPerEvent: z.strictObject({
      actorChargeEvents: z.record(z.string(), chargeEvent).optional(),
    }),
    minimalMaxTotalChargeUsd: usd.nullish(),
  }),
  z.strictObject({
    ...commonFields,
    pricingModel: z.literal("PRICE_PER_DATASET_ITEM"),
    unitName: z.string(),
    pricePerUnitUsd: usd.optional(),
    tieredPricing: z.record(z.string(), z.strictObject({ tieredPricePerUnitUsd: usd })).optional(),
  }),
  z.strictObject({
    ...commonFields,
    pricingModel: z.literal("FLAT_PRICE_PER_MONTH"),
    trialMinutes: count,
    pricePerUnitUsd: usd,
  }),
  z.strictObject({ ...commonFields, pricingModel: z.literal("FREE") }),
]);
