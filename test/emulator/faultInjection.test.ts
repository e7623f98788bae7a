import assert from "node:assert/strict";
import { faultAnswers } from "../../emulator";
import { closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";
import { rawRequest } from "./support/rawRequest";
import type { Endpoint } from "../../emulator";
import type { TestEmulator } from "./support/emulator";

const start = "POST /v2/actor-tasks/~scrape/runs";

describe("the requests that a fault applies to", () => {
  closeEmulatorsAfterEach();

  const statuses = async (emulator: TestEmulator, count: number): Promise<unknown[]> => {
    const seen: unknown[] = [];
    for (let sent = 0; sent < count; sent++) {
      seen.push((await rawRequest(emulator, "GET /v2/actor-tasks/~scrape")).status);
    }
    return seen;
  };
  const fault = faultAnswers.serverError("none");

  it("are one or the given number, after those that it skips", async () => {
    const emulator = await startTestEmulator();
    emulator.faults.inject({ endpoint: "getTask", fault });
    assert.deepEqual(await statuses(emulator, 2), [500, 200]);
    const twice = emulator.faults.inject({ endpoint: "getTask", fault, times: 2, skip: 1 });
    assert.deepEqual(await statuses(emulator, 4), [200, 500, 500, 200]);
    assert.deepEqual([twice.hits, emulator.faults.injected], [2, 3]);
  });

  it("are all with `times: Infinity`, until the fault is removed or all faults are", async () => {
    const emulator = await startTestEmulator();
    const endless = { endpoint: "getTask", fault, times: Infinity } as const;
    const injected = emulator.faults.inject(endless);
    assert.deepEqual(await statuses(emulator, 3), [500, 500, 500]);
    injected.remove();
    assert.deepEqual(await statuses(emulator, 1), [200]);
    emulator.faults.inject(endless);
    emulator.faults.clear();
    assert.deepEqual(await statuses(emulator, 1), [200]);
  });

  it("get the fault that was injected first", async () => {
    const emulator = await startTestEmulator();
    emulator.faults.inject({ endpoint: "any", fault: { ...fault, status: 501 } });
    emulator.faults.inject({ endpoint: "getTask", fault: { ...fault, status: 502 }, skip: 1 });
    assert.deepEqual(await statuses(emulator, 4), [501, 200, 502, 200]);
  });

  it("can be selected by their content", async () => {
    const emulator = await startTestEmulator();
    emulator.faults.inject({
      endpoint: "startRun",
      fault,
      when: ({ path, body }) => path.endsWith("?memory=256") && body === undefined,
    });
    assert.equal((await rawRequest(emulator, start)).status, 201);
    assert.equal((await rawRequest(emulator, `${start}?memory=256`)).status, 500);
  });

  const requests: Record<Exclude<Endpoint, "any">, string> = {
    startRun: start,
    listTaskRuns: "GET /v2/actor-tasks/~scrape/runs?desc=1",
    getRun: "GET /v2/actor-runs/x?waitForFinish=60",
    abortRun: "POST /v2/actor-runs/x/abort",
    deleteRun: "DELETE /v2/actor-runs/x",
    getRunLog: "GET /v2/actor-runs/x/log",
    getTask: "GET /v2/actor-tasks/x",
    getActor: "GET /v2/actors/x",
    getDataset: "GET /v2/datasets/x",
    getDatasetItems: "GET /v2/datasets/x/items",
    getRecord: "GET /v2/key-value-stores/x/records/OUTPUT",
    deleteStorage: "DELETE /v2/request-queues/x",
  };
  it("are only those to its endpoint", async () => {
    const emulator = await startTestEmulator();
    for (const endpoint of Object.keys(requests) as (keyof typeof requests)[]) {
      const injected = emulator.faults.inject({ endpoint, fault, times: Infinity });
      const met: string[] = [];
      for (const [name, request] of Object.entries(requests)) {
        const { hits } = injected;
        await rawRequest(emulator, request);
        if (injected.hits > hits) met.push(name);
      }
      assert.deepEqual(met, [endpoint]);
      injected.remove();
    }
  });
});
