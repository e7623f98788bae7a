import { isPaidPerResult, priceLists, rounded } from "./priceLists";
import type { ApifyClient } from "../apify/client";
import type { Run } from "../apify/schemas/run";
import type { Priced, PriceList } from "./priceLists";

/** A limit of the user's that a run has used up. */
export interface UsedUpLimit {
  /** `possible`: the price depends on the account's plan, or the next event may have cost less. */
  readonly certainty: "certain" | "possible";
  /** Such as: the run had used up `maxTotalChargeUsd` (5 of 5 USD) */
  readonly words: string;
}

/**
 * Which limit of the user's a run has used up; `undefined` if none, or if that is not known. Reads the
 * run's dataset if necessary, since a run does not say how many results it is charged for.
 */
export async function readUsedUpLimit(
  client: Pick<ApifyClient, "getDataset">,
  run: Priced & Pick<Run, "defaultDatasetId">,
): Promise<UsedUpLimit | undefined> {
  const { defaultDatasetId, pricingInfo, options } = run;
  const hasLimit = Boolean(options?.maxItems ?? options?.maxTotalChargeUsd);
  if (!hasLimit || defaultDatasetId === undefined || !isPaidPerResult(pricingInfo)) {
    return usedUpLimit(run);
  }
  const dataset = await client.getDataset(defaultDatasetId).catch(() => undefined);
  return usedUpLimit(run, dataset?.itemCount ?? undefined);
}

/**
 * Which limit of the user's a run has used up; `undefined` if none, or if that is not known. Apify then
 * ends the run gracefully, and the Actor chooses the status. `items` is the number of items in the run's
 * dataset. Pure.
 */
export function usedUpLimit(run: Priced, items?: number): UsedUpLimit | undefined {
  const { maxTotalChargeUsd, maxItems } = run.options ?? {};
  const isPerResult = isPaidPerResult(run.pricingInfo);
  if (maxTotalChargeUsd) {
    const charge = chargeLimit(maxTotalChargeUsd, priceLists(run, items));
    if (charge !== undefined) return charge;
  }
  // Only pay-per-result Actors have maxItems. Source: https://docs.apify.com/api/v2/actor-task-runs-post
  if (!isPerResult || !maxItems || items === undefined || items < maxItems) return undefined;
  return {
    certainty: "certain",
    words: `the run had delivered as many items as \`maxItems\` allows (${items} of ${maxItems})`,
  };
}

/** Apify charges only what fits: an event that costs more than the rest of the limit is not charged. */
function chargeLimit(limitUsd: number, lists: readonly PriceList[]): UsedUpLimit | undefined {
  const judged = lists.map((list) => judge(list, limitUsd));
  if (!judged.some((each) => each !== undefined)) return undefined;
  const charged = [...new Set(lists.map((list) => list.chargedUsd))].sort((a, b) => a - b);
  const [least, most] = [charged[0], charged.at(-1)];
  const spent = least === most ? String(least) : `${least} to ${most}`;
  const certainty = judged.every((each) => each === "certain") ? "certain" : "possible";
  const verb = certainty === "certain" ? "had" : "may have";
  return {
    certainty,
    words: `the run ${verb} used up \`maxTotalChargeUsd\` (${spent} of ${limitUsd} USD)`,
  };
}

function judge(list: PriceList, limitUsd: number): UsedUpLimit["certainty"] | undefined {
  const { chargedUsd, nextUsd, repeatedUsd } = list;
  if (chargedUsd >= limitUsd) return "certain";
  if (chargedUsd <= 0) return undefined;
  const isTooMuch = (usd: number): boolean => rounded(chargedUsd + usd) > limitUsd;
  if (nextUsd !== undefined && nextUsd.length > 0 && nextUsd.every(isTooMuch)) return "certain";
  return repeatedUsd.some(isTooMuch) ? "possible" : undefined;
}
