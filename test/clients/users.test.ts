import assert from "node:assert/strict";
import { checkResponsesOfSuite } from "../emulator/support/checkResponses";
import { closeEmulatorsAfterEach, startTestEmulator } from "../emulator/support/emulator";
import { apifyError, clientOf } from "./support";

describe("apify-client: users", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("are shown in full to themselves, and their name to everybody", async () => {
    const emulator = await startTestEmulator();
    const client = clientOf(emulator);
    const me = await client.user("me").get();
    assert.deepEqual(
      [me.username, me.email, me.isPaying],
      ["janedoe", "janedoe@example.com", false],
    );
    assert.deepEqual(me.plan?.availableProxyGroups, {});
    assert.equal(me.effectivePlatformFeatures?.ACTORS.isEnabled, true);
    assert.equal(Object.keys(me.effectivePlatformFeatures).length, 10);
    for (const reference of [me.id, "janedoe"]) {
      const shown = { username: "janedoe", profile: { name: "janedoe" } };
      assert.deepEqual(await client.user(reference).get(), shown);
    }
    assert.equal(await client.user("none").get(), undefined);
    const anonymous = await emulator.call("GET /v2/users/johndoe", { token: null });
    assert.equal(anonymous.data.username, "johndoe");
  });

  it("have limits, and count what their runs use in the month", async () => {
    const emulator = await startTestEmulator();
    const client = clientOf(emulator);
    const run = await emulator.startRun("?memory=1024&timeout=0");
    emulator.clock.advance(3_600_000);
    emulator.finish(run.id);
    const { limits, current, monthlyUsageCycle } = (await client.user("me").limits()) ?? {};
    assert.equal(Object.keys(limits ?? {}).length, 12);
    assert.equal(Object.keys(current ?? {}).length, 11);
    assert.equal(current?.monthlyActorComputeUnits, 1);
    assert.ok(current.monthlyUsageUsd > 0.25);
    assert.equal(monthlyUsageCycle?.startAt.toISOString(), "2026-01-01T00:00:00.000Z");
    assert.equal(monthlyUsageCycle.endAt.toISOString(), "2026-01-31T23:59:59.999Z");
    const usage = await client.user("me").monthlyUsage();
    assert.equal(usage?.monthlyServiceUsage.ACTOR_COMPUTE_UNITS?.quantity, 1);
    assert.equal(usage.dailyServiceUsages[0]?.date.toISOString(), "2026-01-01T00:00:00.000Z");
    assert.equal(usage.totalUsageCreditsUsdAfterVolumeDiscount, current.monthlyUsageUsd);
    const february = await emulator.call("GET /v2/users/me/usage/monthly?date=2026-02-14");
    assert.equal(february.data.totalUsageCreditsUsdAfterVolumeDiscount, 0);
    emulator.clock.advance(31 * 86_400_000);
    assert.equal((await client.user("me").limits())?.current.monthlyUsageUsd, 0);
  });

  it("count a resurrected run once", async () => {
    const emulator = await startTestEmulator();
    const me = clientOf(emulator).user("me");
    const { id } = await emulator.startRun("?timeout=0");
    emulator.clock.advance(3_600_000);
    emulator.finish(id);
    await emulator.call(`POST /v2/actor-runs/${id}/resurrect`);
    emulator.finish(id);
    assert.equal((await me.limits())?.current.monthlyActorComputeUnits, 1);
  });

  it("cannot start runs when their month is used up, until they raise the limit", async () => {
    const emulator = await startTestEmulator();
    const me = clientOf(emulator).user("me");
    await me.updateLimits({ maxMonthlyUsageUsd: 0 });
    const task = clientOf(emulator).task("~scrape");
    await assert.rejects(task.start(), apifyError("platform-feature-disabled", 403));
    await assert.rejects(
      me.updateLimits({ maxMonthlyUsageUsd: -1 }),
      apifyError("invalid-value", 400),
    );
    await me.updateLimits({ maxMonthlyUsageUsd: 10 });
    await task.start();
    assert.equal((await me.limits())?.limits.maxMonthlyUsageUsd, 10);
  });
});
