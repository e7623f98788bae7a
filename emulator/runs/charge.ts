import { eventPriceUsd } from "../state/pricing";
import { tellListeners } from "./runChanges";
import type { ChargeResult } from "../state/actorFunction";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";
import type { Dataset } from "../state/storage";

/** https://docs.apify.com/platform/actors/publishing/monetize/pay-per-event#synthetic-start-event-apify-actor-start */
const startEvent = "apify-actor-start";
const itemEvent = "apify-default-dataset-item";

/**
 * Charges a run for events, as far as they fit into its `maxTotalChargeUsd`: with events of
 * 0.017 USD, a limit of 5 USD is reached at 4.998.
 *
 * @throws Error if the Actor is not paid per event or does not define this event
 */
export function charge(
  state: EmulatorState,
  entry: RunEntry,
  { event, count }: { event: string; count: number },
): ChargeResult {
  const { run } = entry;
  const price = priceOf(entry, event);
  if (run.chargedEventCounts === undefined || price === undefined) {
    throw new Error(
      `Run ${run.id} cannot be charged for "${event}": its Actor does not define this event.`,
    );
  }
  const chargedBefore = run.chargedEventCounts[event] ?? 0;
  const once = entry.pricing?.pricingPerEvent?.actorChargeEvents?.[event]?.isOneTimeEvent === true;
  const allowed = once ? Math.max(0, 1 - chargedBefore) : Infinity;
  const affordable = Math.min(allowed, affordableCount(entry, price));
  const chargedCount = Math.min(count, affordable);
  addCharge(state, entry, { event, count: chargedCount });
  return { chargedCount, limitReached: affordable - chargedCount < 1 };
}

/** Adds to the counts of a run's events, whatever its limit is. */
export function addCharge(
  state: EmulatorState,
  entry: RunEntry,
  {
    event,
    count,
    idempotencyKey,
  }: { event: string; count: number; idempotencyKey?: string | undefined },
): void {
  const counts = entry.run.chargedEventCounts ?? {};
  // Own properties only: an Actor's declaration may call an event "constructor".
  const before = Object.hasOwn(counts, event) ? (counts[event] ?? 0) : 0;
  const total = before + count;
  entry.run.chargedEventCounts = { ...counts, [event]: total };
  const at = state.clock.now();
  if (idempotencyKey !== undefined) entry.chargeKeys.set(idempotencyKey, at);
  const runId = entry.run.id;
  if (!state.runs.has(runId)) return;
  state.journal({ kind: "charge", runId, event, total, idempotencyKey, at });
  tellListeners(state, entry);
}

/** Whether the events of a run are paid for. */
export function isPaidPerEvent({ pricing }: RunEntry): boolean {
  return pricing?.pricingModel === "PAY_PER_EVENT";
}

/** Charges the synthetic event that Apify charges when a run starts. */
export function chargeStart(state: EmulatorState, entry: RunEntry): void {
  chargeIfPriced(state, entry, { event: startEvent, count: 1 });
}

/** Charges a run for new items, if the dataset is its default dataset and the Actor prices them. */
export function chargeItems(state: EmulatorState, dataset: Dataset, count: number): void {
  const entry = dataset.runId === null ? undefined : state.runs.get(dataset.runId);
  if (entry?.run.defaultDatasetId !== dataset.id) return;
  chargeIfPriced(state, entry, { event: itemEvent, count });
}

function chargeIfPriced(
  state: EmulatorState,
  entry: RunEntry,
  events: { event: string; count: number },
): void {
  if (priceOf(entry, events.event) !== undefined) charge(state, entry, events);
}

/** The price of an event of a run for its account, in USD; undefined if there is no such event. */
export function priceOf({ pricing, owner }: RunEntry, event: string): number | undefined {
  if (pricing?.pricingModel !== "PAY_PER_EVENT") return undefined;
  return eventPriceUsd(pricing, { event, tier: owner.pricingTier });
}

function affordableCount(entry: RunEntry, price: number): number {
  const { maxTotalChargeUsd = Infinity } = entry.run.options;
  if (price === 0) return Infinity;
  const charged = Object.entries(entry.run.chargedEventCounts ?? {}).reduce(
    (sum, [event, count]) => sum + count * (priceOf(entry, event) ?? 0),
    0,
  );
  // Sums of prices such as 0.1 are inexact in the last digit.
  return Math.max(0, Math.floor(Number(((maxTotalChargeUsd - charged) / price).toFixed(6))));
}
