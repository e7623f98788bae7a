import { z } from "zod";
import { count, dateTime, id } from "./common";

const amount = z.number().min(0);

const profile = z.strictObject({
  bio: z.string().nullish(),
  name: z.string().optional(),
  pictureUrl: z.url().nullish(),
  githubUsername: z.string().nullish(),
  websiteUrl: z.url().nullish(),
  twitterUsername: z.string().nullish(),
});

const feature = z.strictObject({
  isEnabled: z.boolean(),
  disabledReason: z.string().nullable(),
  disabledReasonType: z.string().nullable(),
  isTrial: z.boolean(),
  trialExpirationAt: dateTime.nullable(),
});

const effectivePlatformFeatures = z.strictObject({
  ACTORS: feature,
  STORAGE: feature,
  SCHEDULER: feature,
  PROXY: feature,
  PROXY_EXTERNAL_ACCESS: feature,
  PROXY_RESIDENTIAL: feature,
  PROXY_SERPS: feature,
  WEBHOOKS: feature,
  ACTORS_PUBLIC_ALL: feature,
  ACTORS_PUBLIC_DEVELOPER: feature,
});

const plan = z.strictObject({
  id: z.string().optional(),
  description: z.string().optional(),
  isEnabled: z.boolean().optional(),
  monthlyBasePriceUsd: amount.optional(),
  monthlyUsageCreditsUsd: amount.optional(),
  usageDiscountPercent: amount.optional(),
  enabledPlatformFeatures: z.array(z.string()).optional(),
  maxMonthlyUsageUsd: amount.optional(),
  maxActorMemoryGbytes: amount.optional(),
  maxMonthlyActorComputeUnits: amount.optional(),
  maxMonthlyResidentialProxyGbytes: amount.optional(),
  maxMonthlyProxySerps: count.optional(),
  maxMonthlyExternalDataTransferGbytes: amount.optional(),
  maxActorCount: count.optional(),
  maxActorTaskCount: count.optional(),
  dataRetentionDays: count.optional(),
  availableProxyGroups: z.record(z.string(), count),
  teamAccountSeatCount: count.optional(),
  supportLevel: z.string().optional(),
  availableAddOns: z.array(z.string()).optional(),
  tier: z.string().optional(),
  apiRateLimitBoosts: count.optional(),
  maxScheduleCount: count.optional(),
  maxConcurrentActorRuns: count.optional(),
  planPricing: z.record(z.string(), z.unknown()).optional(),
});

/** One's own account: https://docs.apify.com/api/v2/users-me-get */
export const user = z.strictObject({
  id: id.optional(),
  username: z.string().min(1),
  profile: profile.optional(),
  email: z.email().optional(),
  proxy: z
    .strictObject({
      password: z.string(),
      groups: z.array(
        z.strictObject({
          name: z.string(),
          description: z.string().nullable(),
          availableCount: count,
        }),
      ),
    })
    .optional(),
  plan,
  effectivePlatformFeatures,
  createdAt: dateTime.optional(),
  isPaying: z.boolean(),
});

/** The account as its Actors see it: without the plan, the email and the profile. */
export const userOfActor = z.strictObject({
  id,
  username: z.string().min(1),
  // apify-client's proxy settings of an Actor need the password.
  proxy: user.shape.proxy,
});

/** Any account: https://docs.apify.com/api/v2/user-get */
export const publicUser = z.strictObject({
  id: id.optional(),
  username: z.string().min(1),
  profile: profile.optional(),
});

const cycle = z.strictObject({ startAt: dateTime, endAt: dateTime });

/** https://docs.apify.com/api/v2/users-me-limits-get */
export const limits = z.strictObject({
  monthlyUsageCycle: cycle,
  limits: z.strictObject({
    maxMonthlyUsageUsd: amount,
    maxMonthlyActorComputeUnits: amount,
    maxMonthlyExternalDataTransferGbytes: amount,
    maxMonthlyProxySerps: count,
    maxMonthlyResidentialProxyGbytes: amount,
    maxActorMemoryGbytes: amount,
    maxActorCount: count,
    maxActorTaskCount: count,
    maxConcurrentActorJobs: count,
    maxTeamAccountSeatCount: count,
    dataRetentionDays: count,
    maxScheduleCount: count.optional(),
  }),
  current: z.strictObject({
    monthlyUsageUsd: amount,
    monthlyActorComputeUnits: amount,
    monthlyExternalDataTransferGbytes: amount,
    monthlyProxySerps: count,
    monthlyResidentialProxyGbytes: amount,
    actorMemoryGbytes: amount,
    actorCount: count,
    actorTaskCount: count,
    activeActorJobCount: count,
    teamAccountSeatCount: count,
    scheduleCount: count.optional(),
  }),
});

const priceTier = z.strictObject({
  quantityAbove: amount,
  discountPercent: amount,
  tierQuantity: amount,
  unitPriceUsd: amount,
  priceUsd: amount,
});

const usageOfServices = z.record(
  z.string(),
  z.strictObject({
    quantity: amount,
    baseAmountUsd: amount,
    baseUnitPriceUsd: amount.optional(),
    amountAfterVolumeDiscountUsd: amount.optional(),
    priceTiers: z.array(priceTier).optional(),
  }),
);

/** https://docs.apify.com/api/v2/users-me-usage-monthly-get */
export const monthlyUsage = z.strictObject({
  usageCycle: cycle,
  monthlyServiceUsage: usageOfServices,
  dailyServiceUsages: z.array(
    z.strictObject({
      date: dateTime,
      serviceUsage: usageOfServices,
      totalUsageCreditsUsd: amount,
    }),
  ),
  totalUsageCreditsUsdBeforeVolumeDiscount: amount,
  totalUsageCreditsUsdAfterVolumeDiscount: amount,
});
