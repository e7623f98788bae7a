import type { Run } from "../apify/schemas/run";

/** Apify counts the items that it charges under this name. Source: https://docs.apify.com/platform/actors/publishing/monetize */
const itemEvent = "apify-default-dataset-item";

/**
 * Which limit of the user's own a run has used up, in words; `undefined` when none. Apify ends a run
 * then, gracefully, and how that shows in its status is the Actor's choice. Pure.
 */
export function usedUpLimit(
  run: Pick<Run, "options" | "usageTotalUsd" | "chargedEventCounts" | "pricingInfo">,
): string | undefined {
  const { maxTotalChargeUsd, maxItems } = run.options ?? {};
  const charged = chargedUsd(run);
  if (maxTotalChargeUsd && charged >= maxTotalChargeUsd) {
    return `it had used up maxTotalChargeUsd (${charged} of ${maxTotalChargeUsd} USD)`;
  }
  const items = run.chargedEventCounts?.[itemEvent] ?? 0;
  if (maxItems && items >= maxItems) return `it had delivered maxItems (${items} of ${maxItems})`;
  return undefined;
}

/** What the user is charged: for the Actor's events where it has prices for them, else for the platform. */
function chargedUsd(
  run: Pick<Run, "usageTotalUsd" | "chargedEventCounts" | "pricingInfo">,
): number {
  const prices = eventPrices(run.pricingInfo);
  if (prices === undefined) return run.usageTotalUsd ?? 0;
  const cents = Object.entries(run.chargedEventCounts ?? {}).map(
    ([event, count]) => count * (prices[event]?.eventPriceUsd ?? 0),
  );
  // Sums of prices such as 0.1 miss their round values by the last digit.
  return Number(cents.reduce((sum, each) => sum + each, 0).toFixed(9));
}

function eventPrices(
  pricing: Run["pricingInfo"],
): Readonly<Record<string, { readonly eventPriceUsd?: number | null | undefined }>> | undefined {
  if (pricing?.pricingModel !== "PAY_PER_EVENT" || !("pricingPerEvent" in pricing))
    return undefined;
  const { actorChargeEvents } = (pricing.pricingPerEvent ?? {}) as {
    actorChargeEvents?: Record<string, { eventPriceUsd?: number | null }> | null;
  };
  return actorChargeEvents ?? undefined;
}
