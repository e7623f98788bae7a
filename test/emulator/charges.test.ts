import assert from "node:assert/strict";
import { completePricing } from "../../emulator/state/completePricing";
import { checkResponsesOfSuite } from "./support/checkResponses";
import { closeEmulatorsAfterEach, startTestEmulator, withActor } from "./support/emulator";
import type { ActorContext, ChargeResult } from "../../emulator";

const tiered = (free: number, gold: number): Record<string, { tieredEventPriceUsd: number }> => ({
  FREE: { tieredEventPriceUsd: free },
  GOLD: { tieredEventPriceUsd: gold },
});

const pricingInfo = {
  pricingModel: "PAY_PER_EVENT",
  pricingPerEvent: {
    actorChargeEvents: {
      "apify-actor-start": { eventTitle: "Start", eventPriceUsd: 0.0008, isOneTimeEvent: true },
      page: { eventTitle: "Page", eventPriceUsd: 0.0017, isPrimaryEvent: true },
      report: { eventTitle: "Report", eventTieredPricingUsd: tiered(0.7, 0.2) },
      free: { eventTitle: "Nothing" },
    },
  },
};
const perEvent = withActor({ manual: true, pricingInfo });

describe("a run that is paid per event", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("shows the pricing of its Actor, and is charged for its start", async () => {
    const emulator = await startTestEmulator({ declaration: perEvent });
    const run = await emulator.startRun();
    assert.deepEqual(run.pricingInfo, completePricing(pricingInfo, run.startedAt));
    assert.deepEqual(run.chargedEventCounts, { "apify-actor-start": 1 });
  });

  it("is charged only for events that fit into its limit, even if some of it remains", async () => {
    const emulator = await startTestEmulator({ declaration: perEvent });
    const { id } = await emulator.startRun("?maxTotalChargeUsd=5");
    assert.deepEqual(emulator.charge(id, "page", 2_000), {
      chargedCount: 2_000,
      limitReached: false,
    });
    assert.deepEqual(emulator.charge(id, "page", 2_000), { chargedCount: 940, limitReached: true });
    assert.deepEqual(emulator.charge(id, "page"), { chargedCount: 0, limitReached: true });
    assert.deepEqual(emulator.charge(id, "free", 3), { chargedCount: 3, limitReached: false });
    // 2,940 × 0.0017 + 0.0008 = 4.9988 of 5
    assert.deepEqual(emulator.run(id)?.chargedEventCounts, {
      "apify-actor-start": 1,
      page: 2_940,
      free: 3,
    });
  });

  it("is charged for an event that fits exactly", async () => {
    const charged = { pricingPerEvent: { actorChargeEvents: { page: { eventPriceUsd: 0.1 } } } };
    const declaration = withActor({ manual: true, pricingInfo: { ...pricingInfo, ...charged } });
    const emulator = await startTestEmulator({ declaration });
    const { id } = await emulator.startRun("?maxTotalChargeUsd=0.3");
    assert.deepEqual(emulator.charge(id, "page", 9), { chargedCount: 3, limitReached: true });
  });

  for (const [pricingTier, fits] of [
    [undefined, 1],
    ["GOLD", 4],
  ] as const) {
    it(`is charged the price of the account's tier, ${pricingTier ?? "by default FREE"}`, async () => {
      const [jane, ...others] = perEvent.users;
      assert.ok(jane);
      const users = [{ ...jane, pricingTier }, ...others];
      const emulator = await startTestEmulator({ declaration: { ...perEvent, users } });
      const { id } = await emulator.startRun("?maxTotalChargeUsd=1");
      assert.equal(emulator.charge(id, "report", 9).chargedCount, fits);
    });
  }

  it("is charged once for a one-time event", async () => {
    const emulator = await startTestEmulator({ declaration: perEvent });
    const { id } = await emulator.startRun();
    const again = emulator.charge(id, "apify-actor-start");
    assert.deepEqual(again, { chargedCount: 0, limitReached: true });
  });

  it("is charged by its own Actor, and for the items of its dataset", async () => {
    const results: ChargeResult[] = [];
    const run = async ({ charge, env, pushData }: ActorContext): Promise<void> => {
      results.push(charge("page"), charge("page", 2));
      pushData([{ n: 1 }, { n: 2 }]);
      await fetch(`${env.APIFY_API_BASE_URL}/v2/datasets/${env.ACTOR_DEFAULT_DATASET_ID}/items`, {
        method: "POST",
        headers: { Authorization: `Bearer ${env.APIFY_TOKEN}`, "Content-Type": "application/json" },
        body: JSON.stringify({ n: 3 }),
      });
    };
    const events = { page: { eventPriceUsd: 1 }, "apify-default-dataset-item": {} };
    const emulator = await startTestEmulator({
      declaration: withActor({
        run,
        pricingInfo: { ...pricingInfo, pricingPerEvent: { actorChargeEvents: events } },
      }),
    });
    const ended = emulator.whenRun(({ status }) => status === "SUCCEEDED");
    await emulator.startRun("?maxTotalChargeUsd=2");
    emulator.clock.advance(0);
    const charged = { page: 2, "apify-default-dataset-item": 3 };
    assert.deepEqual((await ended).chargedEventCounts, charged);
    assert.deepEqual(results, [
      { chargedCount: 1, limitReached: false },
      { chargedCount: 1, limitReached: true },
    ]);
  });

  it("cannot be charged for an unknown event", async () => {
    const emulator = await startTestEmulator({ declaration: perEvent });
    const { id } = await emulator.startRun();
    assert.throws(() => emulator.charge(id, "tea"), /cannot be charged for "tea"/);
  });
});

describe("a run that is paid per result", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("counts no events, gets its limit in the environment, and keeps the items beyond it", async () => {
    const perResult = {
      pricingModel: "PRICE_PER_DATASET_ITEM",
      unitName: "result",
      tieredPricing: { FREE: { tieredPricePerUnitUsd: 0.002 } },
    };
    const limits: unknown[] = [];
    const run = ({ env, pushData }: ActorContext): Promise<void> => {
      limits.push(env.ACTOR_MAX_PAID_DATASET_ITEMS);
      pushData([{ n: 1 }, { n: 2 }, { n: 3 }]);
      return Promise.resolve();
    };
    const emulator = await startTestEmulator({
      declaration: withActor({ run, pricingInfo: perResult }),
    });
    const ended = emulator.whenRun(({ status }) => status === "SUCCEEDED");
    await emulator.startRun("?maxItems=2");
    emulator.clock.advance(0);
    const { pricingInfo: shown, chargedEventCounts, options, defaultDatasetId } = await ended;
    assert.deepEqual(shown?.tieredPricing, perResult.tieredPricing);
    assert.equal(chargedEventCounts, undefined);
    assert.equal(options.maxItems, 2);
    assert.deepEqual(limits, ["2"]);
    assert.equal(emulator.dataset(defaultDatasetId).length, 3);
  });
});
