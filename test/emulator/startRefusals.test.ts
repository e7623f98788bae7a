import assert from "node:assert/strict";
import { errorTypes } from "../../emulator";
import { checkResponsesOfSuite } from "./support/checkResponses";
import {
  assertError,
  closeEmulatorsAfterEach,
  startTestEmulator,
  withActor,
} from "./support/emulator";
import type { ErrorType } from "../../emulator";

const runs = "POST /v2/actor-tasks/~scrape/runs";

describe("refusals of POST /v2/actor-tasks/:id/runs", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("answer 404 for an unknown task, and for one of another account", async () => {
    const emulator = await startTestEmulator();
    for (const id of ["~none", "johndoe~private", "~private"]) {
      const reply = await emulator.call(`POST /v2/actor-tasks/${id}/runs`);
      assertError(reply, 404, "record-not-found");
      assert.equal(reply.error.message, "Actor task was not found");
    }
  });

  it("concern an unknown tag or number of a build", async () => {
    const emulator = await startTestEmulator();
    const tag = await emulator.call(`${runs}?build=beta`);
    assertError(tag, 403, "unknown-build-tag");
    assert.equal(
      tag.error.message,
      'Build with tag "beta" was not found. Has the Actor been built already?',
    );
    assertError(await emulator.call(`${runs}?build=9.9.9`), 403, "build-not-found");
    assert.deepEqual(emulator.runs(), []);
  });

  it("concern a body that is not a JSON object", async () => {
    const emulator = await startTestEmulator();
    for (const json of [[1], "text", 1, true]) {
      const reply = await emulator.call(runs, { json });
      assertError(reply, 400, "invalid-request");
      assert.equal(reply.error.message, "POST data must be a JSON object");
    }
    const headers = { "Content-Type": "application/json" };
    assertError(await emulator.call(runs, { body: "{", headers }), 400, "invalid-request");
  });

  it("concern options out of their range", async () => {
    const emulator = await startTestEmulator();
    for (const query of [
      "memory=1000",
      "memory=64",
      "memory=65536",
      "memory=much",
      "timeout=-1",
      "timeout=1e300",
      "maxItems=many",
      "waitForFinish=long",
    ]) {
      assertError(await emulator.call(`${runs}?${query}`), 400, "invalid-value");
    }
    assert.deepEqual(emulator.runs(), []);
  });

  for (const [query, type] of [
    ["maxItems=0", "max-items-must-be-greater-than-zero"],
    ["maxItems=-1", "max-items-must-be-greater-than-zero"],
    ["maxTotalChargeUsd=0", "max-total-charge-usd-must-be-greater-than-zero"],
    ["maxTotalChargeUsd=-0.5", "max-total-charge-usd-must-be-greater-than-zero"],
    ["maxTotalChargeUsd=0.009", "max-total-charge-usd-below-minimum"],
  ] as const) {
    it(`concern ${query}`, async () => {
      const emulator = await startTestEmulator();
      assertError(await emulator.call(`${runs}?${query}`), 400, type);
      assert.deepEqual(emulator.runs(), []);
    });
  }

  it("concern limits of zero in the saved task or in a resurrection", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun();
    emulator.finish(run.id);
    const again = `POST /v2/actor-runs/${run.id}/resurrect?maxItems=0`;
    assertError(await emulator.call(again), 400, "max-items-must-be-greater-than-zero");
    emulator.editTask("janedoe~scrape", { options: { maxTotalChargeUsd: 0 } });
    const reply = await emulator.call(runs);
    assertError(reply, 400, "max-total-charge-usd-must-be-greater-than-zero");
  });

  it("name the Actor's minimum for a limit below it", async () => {
    const pricingInfo = { pricingModel: "PAY_PER_EVENT", minimalMaxTotalChargeUsd: 0.5 };
    const emulator = await startTestEmulator({
      declaration: withActor({ manual: true, pricingInfo }),
    });
    const reply = await emulator.call(`${runs}?maxTotalChargeUsd=0.49`);
    assertError(reply, 400, "max-total-charge-usd-below-minimum");
    assert.match(reply.error.message, /allowed minimum of \$0\.5$/);
    await emulator.startRun("?maxTotalChargeUsd=0.5");
    await emulator.startRun();
  });

  it("name a deleted Actor, whose task can still be read", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun();
    emulator.deleteActor("janedoe~by-hand");
    const reply = await emulator.call(runs);
    assertError(reply, 404, "record-not-found");
    assert.equal(reply.error.message, "Actor was not found");
    const task = await emulator.call("GET /v2/actor-tasks/~scrape");
    assert.deepEqual([task.status, task.data.actId], [200, run.actId]);
    assertError(await emulator.call(`GET /v2/actors/${run.actId}`), 404, "record-not-found");
    assert.equal((await emulator.call(`GET /v2/actor-runs/${run.id}`)).status, 200);
    assert.throws(() => {
      emulator.deleteActor("janedoe~by-hand");
    }, /no Actor "janedoe~by-hand"/);
  });

  it("concern a run that exceeds the memory of the account", async () => {
    const emulator = await startTestEmulator();
    emulator.setLimits("janedoe", { maxMemoryMbytes: 8192 });
    await emulator.startRun("?memory=4096");
    const reply = await emulator.call(`${runs}?memory=8192`);
    assertError(reply, 402, "actor-memory-limit-exceeded");
    assert.match(reply.error.message, /memory limit of 8192MB .*used: 4096MB, requested: 8192MB/);
    await emulator.startRun("?memory=4096");
  });

  it("concern a run that exceeds the number of concurrent runs, until one has ended", async () => {
    const emulator = await startTestEmulator();
    emulator.setLimits("janedoe", { maxConcurrentRuns: 1 });
    const run = await emulator.startRun();
    assertError(await emulator.call(runs), 402, "concurrent-runs-limit-exceeded");
    emulator.finish(run.id);
    await emulator.startRun();
  });

  it("concern every start of an Actor that was declared with a refusal", async () => {
    const data = { approvalUrl: "https://console.apify.com/approve" };
    const refusal = { type: "full-permission-actor-not-approved", data } as const;
    const emulator = await startTestEmulator({ declaration: withActor({ manual: true, refusal }) });
    for (const reply of [await emulator.call(runs), await emulator.call(runs)]) {
      assertError(reply, 403, "full-permission-actor-not-approved");
      assert.deepEqual(reply.error.data, data);
    }
    assert.deepEqual(emulator.runs(), []);
  });

  it("can be switched on and off for an Actor", async () => {
    const emulator = await startTestEmulator();
    emulator.refuseActor("janedoe~by-hand", { type: "actor-is-not-rented" });
    assertError(await emulator.call(runs), 403, "actor-is-not-rented");
    const direct = await emulator.call("POST /v2/actors/janedoe~by-hand/runs");
    assertError(direct, 403, "actor-is-not-rented");
    emulator.refuseActor("janedoe~by-hand", { type: "full-permission-actor-not-approved" });
    const { error } = await emulator.call(runs);
    assert.match(String(error.data?.approvalUrl), /^http:\/\/127\.0\.0\.1:\d+\/actors\/\w+$/);
    emulator.refuseActor("janedoe~by-hand");
    await emulator.startRun();
  });

  it("can be switched on and off for an account", async () => {
    const emulator = await startTestEmulator();
    emulator.refuseUser("janedoe", { type: "not-enough-usage-to-run-paid-actor" });
    assertError(await emulator.call(runs), 402, "not-enough-usage-to-run-paid-actor");
    const path = "POST /v2/actor-tasks/~private/runs";
    assert.equal((await emulator.call(path, { token: "john-token" })).status, 201);
    emulator.refuseUser("janedoe");
    await emulator.startRun();
  });

  it("can be any of Apify's errors, for one start", async () => {
    const emulator = await startTestEmulator();
    for (const [type, [status, message]] of Object.entries(errorTypes)) {
      emulator.refuseStarts({ type: type as ErrorType });
      const reply = await emulator.call(runs);
      assertError(reply, status, type);
      assert.equal(reply.error.message, message);
    }
    assert.deepEqual(emulator.runs(), []);
    await emulator.startRun();
  });

  it("can have any status, message and data, for any number of starts", async () => {
    const emulator = await startTestEmulator();
    const error = { type: "invalid-input", message: "No!", data: { field: "x" } } as const;
    const refused = emulator.refuseStarts({ ...error, status: 403 }, { times: 2 });
    for (const reply of [await emulator.call(runs), await emulator.call(runs)]) {
      assertError(reply, 403, "invalid-input");
      assert.deepEqual(reply.error, {
        type: "invalid-input",
        message: "No!",
        data: { field: "x" },
      });
    }
    await emulator.startRun();
    assert.equal(refused.hits, 2);
  });
});
