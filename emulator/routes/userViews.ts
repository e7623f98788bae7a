import { accountUse } from "../runs/limits";
import { cycleDays, cycleUsage, totalUsd, usageCycle } from "../state/accountUsage";
import type { Caller } from "../http/request";
import type { DayUsage } from "../state/accountUsage";
import type { EmulatorState } from "../state/emulatorState";
import type { User } from "../state/entities";

const mbytesPerGbyte = 1024;

/** Beyond what anybody does on one machine: the emulator does not check these. */
const unchecked = {
  maxMonthlyActorComputeUnits: 1000,
  maxMonthlyResidentialProxyGbytes: 10,
  maxMonthlyProxySerps: 30_000,
  maxMonthlyExternalDataTransferGbytes: 7,
  maxActorCount: 500,
  maxActorTaskCount: 5000,
};

const platformFeatures = [
  "ACTORS",
  "STORAGE",
  "SCHEDULER",
  "PROXY",
  "PROXY_EXTERNAL_ACCESS",
  "PROXY_RESIDENTIAL",
  "PROXY_SERPS",
  "WEBHOOKS",
  "ACTORS_PUBLIC_ALL",
  "ACTORS_PUBLIC_DEVELOPER",
];

/** What the emulator has of Apify's platform. */
const enabledFeatures = ["ACTORS", "STORAGE", "WEBHOOKS", "ACTORS_PUBLIC_ALL"];

/** The caller's account. An Actor gets neither the plan nor the email address nor the profile. */
export function userView({ user, run }: Caller): object {
  const effectivePlatformFeatures = Object.fromEntries(
    platformFeatures.map((name) => [name, featureView(name)]),
  );
  return {
    id: user.id,
    username: user.username,
    ...(run === undefined ? privateView(user) : {}),
    proxy: { password: "emulator", groups: [] },
    effectivePlatformFeatures,
    createdAt: user.createdAt,
    isPaying: user.pricingTier !== "FREE",
  };
}

/** An account as everybody sees it. */
export function publicView({ username }: User): object {
  return { username, profile: { name: username } };
}

/** The limits of an account, and how much of them it uses. */
export function limitsView(state: EmulatorState, user: User): object {
  const now = state.clock.now();
  const use = accountUse(state, user);
  const month = cycleUsage(user, now);
  const { maxMemoryMbytes, maxConcurrentRuns, maxMonthlyUsageUsd, dataRetentionDays } = user.limits;
  return {
    monthlyUsageCycle: usageCycle(now),
    limits: {
      ...unchecked,
      maxMonthlyUsageUsd,
      maxActorMemoryGbytes: maxMemoryMbytes / mbytesPerGbyte,
      maxConcurrentActorJobs: maxConcurrentRuns,
      maxTeamAccountSeatCount: 1,
      dataRetentionDays,
      maxScheduleCount: 0,
    },
    current: {
      monthlyUsageUsd: totalUsd(month),
      monthlyActorComputeUnits: month.get("ACTOR_COMPUTE_UNITS")?.quantity ?? 0,
      monthlyExternalDataTransferGbytes: 0,
      monthlyProxySerps: 0,
      monthlyResidentialProxyGbytes: 0,
      actorMemoryGbytes: use.memoryMbytes / mbytesPerGbyte,
      actorCount: state.actors.filter(({ userId }) => userId === user.id).length,
      actorTaskCount: state.tasks.filter(({ userId }) => userId === user.id).length,
      activeActorJobCount: use.runs,
      teamAccountSeatCount: 1,
      scheduleCount: 0,
    },
  };
}

/** The usage of the month that contains a time. */
export function monthlyUsageView(user: User, at: number): object {
  const month = cycleUsage(user, at);
  const usd = totalUsd(month);
  return {
    usageCycle: usageCycle(at),
    monthlyServiceUsage: servicesView(month),
    dailyServiceUsages: cycleDays(user, at).map(([day, usage]) => ({
      date: `${day}T00:00:00.000Z`,
      serviceUsage: servicesView(usage),
      totalUsageCreditsUsd: totalUsd(usage),
    })),
    totalUsageCreditsUsdBeforeVolumeDiscount: usd,
    totalUsageCreditsUsdAfterVolumeDiscount: usd,
  };
}

function privateView(user: User): object {
  const { maxMemoryMbytes, maxConcurrentRuns, maxMonthlyUsageUsd, dataRetentionDays } = user.limits;
  return {
    email: `${user.username}@example.com`,
    profile: { name: user.username },
    plan: {
      id: "EMULATOR",
      description: "Local emulator",
      isEnabled: true,
      monthlyBasePriceUsd: 0,
      monthlyUsageCreditsUsd: maxMonthlyUsageUsd,
      usageDiscountPercent: 0,
      enabledPlatformFeatures: enabledFeatures,
      maxMonthlyUsageUsd,
      maxActorMemoryGbytes: maxMemoryMbytes / mbytesPerGbyte,
      maxConcurrentActorRuns: maxConcurrentRuns,
      ...unchecked,
      dataRetentionDays,
      availableProxyGroups: {},
      teamAccountSeatCount: 1,
      supportLevel: "COMMUNITY",
      availableAddOns: [],
      tier: user.pricingTier,
    },
  };
}

function featureView(name: string): object {
  const isEnabled = enabledFeatures.includes(name);
  return {
    isEnabled,
    disabledReason: isEnabled ? null : "The emulator does not have this feature.",
    disabledReasonType: isEnabled ? null : "DISABLED",
    isTrial: false,
    trialExpirationAt: null,
  };
}

function servicesView(usage: DayUsage): object {
  return Object.fromEntries(
    [...usage].map(([service, { quantity, usd }]) => [
      service,
      {
        quantity,
        baseAmountUsd: usd,
        baseUnitPriceUsd: quantity === 0 ? 0 : usd / quantity,
        amountAfterVolumeDiscountUsd: usd,
        priceTiers: [],
      },
    ]),
  );
}
