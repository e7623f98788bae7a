import { z } from "zod";

const usd = z.number().min(0);

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

/** A declared {@link PricingInfo}. Other fields of Apify's are accepted. */
export const pricingInfoSchema = z.looseObject({
  pricingModel: z.string(),
  pricingPerEvent: z
    .looseObject({ actorChargeEvents: z.record(z.string(), chargeEvent).default({}) })
    .optional(),
  minimalMaxTotalChargeUsd: usd.optional(),
  unitName: z.string().optional(),
  pricePerUnitUsd: usd.optional(),
  tieredPricing: itemTiers.optional(),
});
