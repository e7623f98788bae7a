import type { PricingInfo } from "../apify/schemas/pricing";
import type { Run } from "../apify/schemas/run";

/** The fields of a run that say what it was charged. */
export type Priced = Pick<
  Run,
  | "options"
  | "usageTotalUsd"
  | "chargedEventCounts"
  | "eventUsage"
  | "pricingInfo"
  | "platformUsageBillingModel"
>;

/** What a run was charged, if the account has these prices. */
export interface PriceList {
  readonly chargedUsd: number;
  /** The prices of the charges that may follow, each more than 0; `undefined` if a price is not known. */
  readonly nextUsd: readonly number[] | undefined;
  /** The prices of the charges that have occurred at least once and may occur again. Meaningless if nothing was charged. */
  readonly repeatedUsd: readonly number[];
}

/** What the account may have been charged: one price list for each tier, if prices depend on the tier. */
export function priceLists(run: Priced, items: number | undefined): readonly PriceList[] {
  const { pricingInfo, usageTotalUsd, platformUsageBillingModel } = run;
  const events = eventsOf(pricingInfo);
  if (events !== undefined) {
    return tiersOf(Object.values(events).map((event) => event.eventTieredPricingUsd)).map((tier) =>
      eventList(run, events, tier),
    );
  }
  if (isPaidPerResult(pricingInfo)) {
    if (items === undefined) return [];
    const tiered = pricingInfo.tieredPricing ?? {};
    return tiersOf([tiered]).flatMap((tier) => {
      const price = own(tiered, tier)?.tieredPricePerUnitUsd ?? pricingInfo.pricePerUnitUsd;
      return price ? [unitList(price, paidItems(run, items))] : [];
    });
  }
  // In all other cases the user pays for platform usage, unless the Actor's developer pays for it.
  const isByUsage = pricingInfo?.pricingModel !== "PAY_PER_EVENT";
  const isTold = usageTotalUsd != null && isByUsage && platformUsageBillingModel !== "DEVELOPER";
  return isTold ? [{ chargedUsd: usageTotalUsd, nextUsd: undefined, repeatedUsd: [] }] : [];
}

/** Results beyond `maxItems` are not charged. */
function paidItems({ options }: Priced, items: number): number {
  return options?.maxItems ? Math.min(items, options.maxItems) : items;
}

function unitList(priceUsd: number, items: number): PriceList {
  const usd = [priceUsd];
  return { chargedUsd: rounded(items * priceUsd), nextUsd: usd, repeatedUsd: usd };
}

type PayPerEvent = Extract<PricingInfo, { pricingPerEvent?: unknown }>;
type ChargeEvents = NonNullable<NonNullable<PayPerEvent["pricingPerEvent"]>["actorChargeEvents"]>;

function eventList(run: Priced, events: ChargeEvents, tier: string): PriceList {
  const names = new Set([...Object.keys(events), ...Object.keys(run.chargedEventCounts ?? {})]);
  const all = [...names].map((name) => chargedEvent(run, events, name, tier));
  const repeatable = all.filter((event) => !event.isOver && event.priceUsd !== 0);
  const next = repeatable.flatMap(({ priceUsd }) => (priceUsd === undefined ? [] : [priceUsd]));
  const repeated = repeatable.filter(({ count }) => count > 0);
  return {
    chargedUsd: rounded(all.reduce((sum, { chargedUsd }) => sum + chargedUsd, 0)),
    nextUsd: next.length === repeatable.length ? next : undefined,
    repeatedUsd: repeated.flatMap(({ priceUsd }) => (priceUsd === undefined ? [] : [priceUsd])),
  };
}

/** The event that Apify charges once, at the start of a run. Source: https://docs.apify.com/platform/actors/publishing/monetize/pay-per-event */
const startEvent = "apify-actor-start";

function chargedEvent(run: Priced, events: ChargeEvents, name: string, tier: string) {
  const event = own(events, name);
  const count = own(run.chargedEventCounts ?? {}, name) ?? 0;
  // The amount charged reveals the price of the account's tier.
  const totalUsd = own(run.eventUsage ?? {}, name)?.eventTotalUsd;
  const tiered = own(event?.eventTieredPricingUsd ?? {}, tier);
  const listed = tiered?.tieredEventPriceUsd ?? event?.eventPriceUsd ?? undefined;
  const priceUsd = totalUsd != null && count > 0 ? totalUsd / count : listed;
  const isOver = name === startEvent || (event?.isOneTimeEvent === true && count > 0);
  return { count, priceUsd, isOver, chargedUsd: totalUsd ?? count * (priceUsd ?? 0) };
}

function eventsOf(pricing: Priced["pricingInfo"]): ChargeEvents | undefined {
  if (pricing?.pricingModel !== "PAY_PER_EVENT" || !("pricingPerEvent" in pricing))
    return undefined;
  return (pricing as PayPerEvent).pricingPerEvent?.actorChargeEvents ?? undefined;
}

type PerResult = Extract<PricingInfo, { pricingModel: "PRICE_PER_DATASET_ITEM" }>;

/** Whether the user pays for each item in the default dataset. */
export function isPaidPerResult(pricing: Priced["pricingInfo"]): pricing is PerResult {
  return pricing?.pricingModel === "PRICE_PER_DATASET_ITEM";
}

/** A tier that has no prices of its own, where prices do not depend on the tier. */
const anyTier = "";

/** The tiers for which any of these has a price. */
function tiersOf(
  prices: readonly (Readonly<Record<string, unknown>> | null | undefined)[],
): readonly string[] {
  const tiers = new Set(prices.flatMap((tiered) => Object.keys(tiered ?? {})));
  return tiers.size === 0 ? [anyTier] : [...tiers];
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Removes the error of floating-point sums of prices such as 0.1. */
export function rounded(usd: number): number {
  return Number(usd.toFixed(9));
}
