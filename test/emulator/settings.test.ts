import assert from "node:assert/strict";
import { checkResponsesOfSuite } from "./support/checkResponses";
import { assertError, closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";
import { rawRequest } from "./support/rawRequest";
import type { Run } from "../../emulator";

const task = "GET /v2/actor-tasks/~scrape";

describe("the settings of an emulator", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("can hide a new run from the first reads by its id, but not from lists", async () => {
    const emulator = await startTestEmulator({ readLagReads: 2 });
    const { id } = await emulator.startRun();
    const path = `GET /v2/actor-runs/${id}`;
    assertError(await emulator.call(path), 404, "record-not-found");
    assertError(await emulator.call(`${path}?waitForFinish=60`), 404, "record-not-found");
    assert.equal((await emulator.call(path)).status, 200);
    assert.equal((await emulator.call<{ total: number }>(`${task}/runs`)).data.total, 1);
  });

  it("can hide a new run from lists for a time, whatever its `startedAt`", async () => {
    const emulator = await startTestEmulator({ listLagMillis: 5_000 });
    const { id } = await emulator.startRun();
    emulator.setStatus(id, { startedAt: "2020-01-01T00:00:00.000Z" });
    const totals = async (): Promise<number[]> => {
      const lists = [`${task}/runs`, "GET /v2/actor-runs"];
      const pages = lists.map((path) => emulator.call<{ total: number }>(path));
      return (await Promise.all(pages)).map(({ data }) => data.total);
    };
    emulator.clock.advance(4_999);
    assert.deepEqual(await totals(), [0, 0]);
    assert.equal((await emulator.call<Run>(`GET /v2/actor-runs/${id}`)).data.id, id);
    emulator.clock.advance(1);
    assert.deepEqual(await totals(), [1, 1]);
  });

  it("can make Date wrong or missing, and change while the emulator runs", async () => {
    const emulator = await startTestEmulator({ dateSkewMillis: -3_600_000 });
    const date = async (): Promise<string | undefined> =>
      (await rawRequest(emulator, task)).headers.date;
    assert.equal(await date(), "Wed, 31 Dec 2025 23:00:00 GMT");
    emulator.changeSettings({ dateHeader: "missing" });
    assert.equal(await date(), undefined);
    emulator.changeSettings({ dateHeader: "sent", dateSkewMillis: 1_000 });
    assert.equal(await date(), "Thu, 01 Jan 2026 00:00:01 GMT");
    assert.equal((await emulator.startRun()).startedAt, "2026-01-01T00:00:00.000Z");
  });
});
