import assert from "node:assert/strict";
import { checkResponsesOfSuite } from "./support/checkResponses";
import { closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";

describe("GET /v2/users/me", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("returns the owner of the token, and the plan", async () => {
    const emulator = await startTestEmulator();
    const { data } = await emulator.call("GET /v2/users/me", { token: "john-token" });
    assert.equal(data.username, "johndoe");
    const plan = data.plan as Record<string, unknown>;
    assert.deepEqual([plan.maxActorMemoryGbytes, plan.maxConcurrentActorRuns], [64, 256]);
  });

  it("returns limits and current usage", async () => {
    const emulator = await startTestEmulator();
    await emulator.startRun("?memory=2048");
    const { data } = await emulator.call("GET /v2/users/me/limits");
    const limits = data.limits as Record<string, unknown>;
    const current = data.current as Record<string, unknown>;
    assert.deepEqual([limits.maxActorMemoryGbytes, limits.maxConcurrentActorJobs], [64, 256]);
    assert.deepEqual([current.actorMemoryGbytes, current.activeActorJobCount], [2, 1]);
  });
});
