import assert from "node:assert/strict";
import { checkResponsesOfSuite } from "./support/checkResponses";
import { assertError, closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";

describe("a request queue", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("can be read and deleted", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun();
    const path = `/v2/request-queues/${run.defaultRequestQueueId}`;
    const { data } = await emulator.call(`GET ${path}`);
    assert.deepEqual([data.totalRequestCount, data.actRunId], [0, run.id]);
    assert.equal((await emulator.call(`DELETE ${path}`)).status, 204);
    assertError(await emulator.call(`GET ${path}`), 404, "record-not-found");
  });
});
