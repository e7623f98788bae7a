import assert from "node:assert/strict";
import { priceLists } from "../../../provider/run/priceLists";
import type { Priced } from "../../../provider/run/priceLists";

/** A run that is paid by result, at this price or at those of the tiers. */
function paidByResult(
  pricePerUnitUsd: number | null,
  tiers?: Readonly<Record<string, number>>,
): Priced {
  const tieredPricing =
    tiers &&
    Object.fromEntries(
      Object.entries(tiers).map(([tier, usd]) => [tier, { tieredPricePerUnitUsd: usd }]),
    );
  return {
    pricingInfo: { pricingModel: "PRICE_PER_DATASET_ITEM", pricePerUnitUsd, tieredPricing },
  };
}

interface Event {
  readonly eventPriceUsd?: number;
  readonly isOneTimeEvent?: boolean;
}

/** A run that is paid by event. */
function paidByEvent(events: Readonly<Record<string, Event>>, run: Priced): Priced {
  const pricingPerEvent = { actorChargeEvents: events };
  return { ...run, pricingInfo: { pricingModel: "PAY_PER_EVENT", pricingPerEvent } };
}

describe("the prices of a run that is paid by result", () => {
  const perItem = (chargedUsd: number, usd: number) => ({
    chargedUsd,
    nextUsd: [usd],
    repeatedUsd: [usd],
  });

  it("are those of its items", () => {
    assert.deepEqual(priceLists(paidByResult(0.002), 500), [perItem(1, 0.002)]);
  });

  it("allow another item when there is none yet", () => {
    const [list] = priceLists(paidByResult(0.002), 0);
    assert.deepEqual([list?.chargedUsd, list?.nextUsd], [0, [0.002]]);
  });

  it("count no item beyond `maxItems`", () => {
    const run = { ...paidByResult(0.002), options: { maxItems: 100 } };
    assert.deepEqual(priceLists(run, 500), [perItem(0.2, 0.002)]);
    assert.deepEqual(priceLists(run, 50), [perItem(0.1, 0.002)]);
  });

  it("are those of each plan when they depend on the plan", () => {
    const lists = priceLists(paidByResult(null, { FREE: 0.004, GOLD: 0.002 }), 500);
    assert.deepEqual(lists, [perItem(2, 0.004), perItem(1, 0.002)]);
  });

  it("are not known when the price or the number of items is not", () => {
    assert.deepEqual(priceLists(paidByResult(null), 500), []);
    assert.deepEqual(priceLists(paidByResult(0.002), undefined), []);
  });
});

describe("the prices of a run that is paid by event", () => {
  it("are those in the list of the Actor", () => {
    const events = { page: { eventPriceUsd: 0.5 }, film: { eventPriceUsd: 2 } };
    assert.deepEqual(priceLists(paidByEvent(events, { chargedEventCounts: { page: 4 } }), 9), [
      { chargedUsd: 2, nextUsd: [0.5, 2], repeatedUsd: [0.5] },
    ]);
  });

  it("are what was charged rather than what the list says", () => {
    const run: Priced = {
      chargedEventCounts: { page: 4 },
      eventUsage: { page: { eventTotalUsd: 1 }, film: { eventTotalUsd: 0 } },
    };
    const events = { page: { eventPriceUsd: 0.5 }, film: { eventPriceUsd: 2 } };
    assert.deepEqual(priceLists(paidByEvent(events, run), undefined), [
      { chargedUsd: 1, nextUsd: [0.25, 2], repeatedUsd: [0.25] },
    ]);
  });

  it("leave open what may follow when an event has no price", () => {
    const events = { page: { eventPriceUsd: 0.5 }, film: {}, hint: {} };
    const run: Priced = { chargedEventCounts: { page: 4, film: 1 } };
    assert.deepEqual(priceLists(paidByEvent(events, run), undefined), [
      { chargedUsd: 2, nextUsd: undefined, repeatedUsd: [0.5] },
    ]);
  });

  it("include an event that is charged once until it was", () => {
    const events = {
      page: { eventPriceUsd: 1 },
      setup: { eventPriceUsd: 3, isOneTimeEvent: true },
    };
    const nextUsd = (chargedEventCounts: Record<string, number>) =>
      priceLists(paidByEvent(events, { chargedEventCounts }), undefined)[0]?.nextUsd;
    assert.deepEqual(nextUsd({ page: 1 }), [1, 3]);
    assert.deepEqual(nextUsd({ page: 1, setup: 1 }), [1]);
  });

  it("are not known when the Actor's are not", () => {
    for (const pricingPerEvent of [undefined, null, {}, { actorChargeEvents: null }]) {
      const pricingInfo = { pricingModel: "PAY_PER_EVENT" as const, pricingPerEvent };
      assert.deepEqual(priceLists({ pricingInfo, usageTotalUsd: 1 }, 1), []);
    }
  });
});

describe("the price of a run that is paid by its usage", () => {
  it("is what was used, and not known when that is not told", () => {
    assert.deepEqual(priceLists({ usageTotalUsd: 2 }, 1), [
      { chargedUsd: 2, nextUsd: undefined, repeatedUsd: [] },
    ]);
    for (const usageTotalUsd of [undefined, null]) {
      assert.deepEqual(priceLists({ usageTotalUsd }, 1), []);
    }
  });
});
