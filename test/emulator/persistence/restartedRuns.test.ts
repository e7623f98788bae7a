import assert from "node:assert/strict";
import {
  closeEmulatorsAfterEach,
  declaration,
  runningRun,
  startTestEmulator,
  withActor,
} from "../support/emulator";
import { stateFolders } from "./support/stateFolders";
import type { ActorContext, Run } from "../../../emulator";
import type { TestEmulator } from "../support/emulator";

const night = 8 * 3_600_000;

describe("a run, after the emulator was restarted", () => {
  closeEmulatorsAfterEach();
  const { newFolder, afterKill } = stateFolders();

  for (const [status, prepare, expected] of [
    ["READY", () => undefined, "READY"],
    ["RUNNING", startCode, "RUNNING"],
    ["ABORTING", abortSlowly, "ABORTED"],
  ] as const) {
    it(`goes on if it was ${status}`, async () => {
      const folder = newFolder();
      const first = await startTestEmulator({ stateFolder: folder, stopDelayMillis: 1000 });
      const { id } = await first.startRun();
      await prepare(first, id);
      assert.equal(first.run(id)?.status, status);
      const next = await afterKill(folder);
      assert.equal(next.run(id)?.status, expected);
      next.clock.advance(0);
      if (expected !== "ABORTED") {
        assert.equal(next.run(id)?.status, "RUNNING");
        next.finish(id);
        assert.equal(next.run(id)?.status, "SUCCEEDED");
      }
      assert.equal(next.runs().length, 1);
    });
  }

  it("lets a run time out when its whole time is over, also if it was continued", async () => {
    const folder = newFolder();
    const first = await startTestEmulator({ stateFolder: folder });
    const { id } = await first.startRun("?timeout=60");
    first.clock.advance(0);
    const next = await afterKill(folder);
    next.clock.advance(59_999);
    assert.equal(next.run(id)?.status, "RUNNING");
    next.clock.advance(1);
    assert.equal(next.run(id)?.status, "TIMED-OUT");
  });

  it("has the time that it had left, however long the emulator was off", async () => {
    const folder = newFolder();
    const first = await startTestEmulator({ stateFolder: folder });
    const { id } = await runningRun(first, "?timeout=600&memory=1024");
    first.clock.advance(400_000);
    await first.close();
    const next = await startTestEmulator({
      stateFolder: folder,
      startsAt: first.clock.now() + night,
    });
    next.clock.advance(199_999);
    assert.equal(next.run(id)?.status, "RUNNING");
    next.clock.advance(1);
    assert.equal(next.run(id)?.status, "TIMED-OUT");
    assert.equal(next.run(id)?.stats.runTimeSecs, 600);
  });

  it("has at most one more minute after a kill, and never more than its timeout", async () => {
    const folder = newFolder();
    const first = await startTestEmulator({ stateFolder: folder });
    const { id } = await runningRun(first, "?timeout=600");
    const left = async (): Promise<number> => {
      const next = await afterKill(folder, { startsAt: first.clock.now() + night });
      const since = next.clock.now();
      while (next.run(id)?.status === "RUNNING") next.clock.advance(1000);
      return (next.clock.now() - since) / 1000;
    };
    first.clock.advance(30_000);
    assert.equal(await left(), 600);
    first.clock.advance(120_000);
    assert.equal(await left(), 480);
  });

  it("tells its code when it times out, whenever the code starts", async () => {
    const folder = newFolder();
    const times: (string | undefined)[] = [];
    const run = ({ env }: ActorContext): Promise<void> => {
      times.push(env.ACTOR_TIMEOUT_AT);
      return new Promise(() => undefined);
    };
    const declared = withActor({ run });
    const first = await startTestEmulator({ stateFolder: folder, declaration: declared });
    const { id } = await runningRun(first, "?timeout=600");
    first.clock.advance(60_000);
    await first.call(`POST /v2/actor-runs/${id}/reboot`);
    await first.close();
    const startsAt = first.clock.now() + night;
    await startTestEmulator({ stateFolder: folder, declaration: declared, startsAt });
    const [begin, after] = ["2026-01-01T00:10:00.000Z", "2026-01-01T08:10:00.000Z"];
    assert.deepEqual(times, [begin, begin, after]);
  });

  it("stays as it was without its Actor, if it has ended", async () => {
    const folder = newFolder();
    const first = await startTestEmulator({ stateFolder: folder });
    const { id } = await first.startRun();
    first.finish(id);
    await first.close();
    const declared = { users: declaration.users };
    const next = await startTestEmulator({ stateFolder: folder, declaration: declared });
    const { data } = await next.call<Run>(`GET /v2/actor-runs/${id}`);
    assert.equal(data.status, "SUCCEEDED");
  });

  for (const status of ["READY", "RUNNING"]) {
    it(`fails without its Actor, if it was ${status}, and says why`, async () => {
      const folder = newFolder();
      const first = await startTestEmulator({ stateFolder: folder });
      const { id } = await first.startRun();
      if (status === "RUNNING") first.clock.advance(0);
      await first.close();
      const declared = { users: declaration.users };
      const next = await startTestEmulator({ stateFolder: folder, declaration: declared });
      next.clock.advance(0);
      const run = await next.whenRun((each) => each.status === "FAILED");
      const reason = /Actor janedoe~by-hand was deleted, or is not declared any more/;
      assert.match(run.statusMessage ?? "", reason);
      assert.match((await next.call(`GET /v2/logs/${id}`)).text, reason);
    });
  }

  it("can be charged again with the same key only after a while", async () => {
    const folder = newFolder();
    const events = { page: { eventTitle: "Page", eventPriceUsd: 0.1 } };
    const pricingInfo = {
      pricingModel: "PAY_PER_EVENT",
      pricingPerEvent: { actorChargeEvents: events },
    };
    const declared = withActor({ manual: true, pricingInfo });
    const first = await startTestEmulator({ stateFolder: folder, declaration: declared });
    const { id } = await runningRun(first);
    const charge = (emulator: TestEmulator, key: string): Promise<unknown> =>
      emulator.call(`POST /v2/actor-runs/${id}/charge`, {
        json: { eventName: "page", count: 2 },
        headers: { "idempotency-key": key },
      });
    await charge(first, "a");
    await charge(first, "b");
    const second = await afterKill(folder, { declaration: declared });
    await charge(second, "a");
    await charge(second, "b");
    await charge(second, "c");
    assert.deepEqual(second.run(id)?.chargedEventCounts, { page: 6 });
  });
});

function startCode(emulator: TestEmulator): void {
  emulator.clock.advance(0);
}

async function abortSlowly(emulator: TestEmulator, id: string): Promise<void> {
  emulator.clock.advance(0);
  await emulator.call(`POST /v2/actor-runs/${id}/abort`);
}
