import { z } from "zod";

const common = {
  apifyMarginPercentage: z.number().nullish(),
  createdAt: z.string().nullish(),
  startedAt: z.string().nullish(),
  notifiedAboutFutureChangeAt: z.string().nullish(),
  notifiedAboutChangeAt: z.string().nullish(),
  reasonForChange: z.string().nullish(),
};

const chargeEventSchema = z.looseObject({
  eventPriceUsd: z.number().nullish(),
  eventTitle: z.string().nullish(),
  eventDescription: z.string().nullish(),
});

const payPerEventSchema = z.looseObject({
  ...common,
  pricingModel: z.literal("PAY_PER_EVENT"),
  pricingPerEvent: z
    .looseObject({ actorChargeEvents: z.record(z.string(), chargeEventSchema).nullish() })
    .nullish(),
  minimalMaxTotalChargeUsd: z.number().nullish(),
});

const pricePerItemSchema = z.looseObject({
  ...common,
  pricingModel: z.literal("PRICE_PER_DATASET_ITEM"),
  unitName: z.string().nullish(),
  pricePerUnitUsd: z.number().nullish(),
});

const flatPriceSchema = z.looseObject({
  ...common,
  pricingModel: z.literal("FLAT_PRICE_PER_MONTH"),
  trialMinutes: z.number().nullish(),
  pricePerUnitUsd: z.number().nullish(),
});

const freeSchema = z.looseObject({ ...common, pricingModel: z.literal("FREE") });

/** A pricing model that Apify introduces later passes through untyped. */
const unknownPricingSchema = z.looseObject({ ...common, pricingModel: z.string().nullish() });

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
