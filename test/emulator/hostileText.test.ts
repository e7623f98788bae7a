import assert from "node:assert/strict";
import { faultAnswers } from "../../emulator";
import { assertError, closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";
import type { Answer, Run } from "../../emulator";

const hostile = '<{%boom%}> \u001b]0;x\u0007\r\u0000\u202e "\\ ../ jane-token';
const start = "POST /v2/actor-tasks/~scrape/runs";

describe("a test with hostile text", () => {
  closeEmulatorsAfterEach();

  it("can put any text in the status message and the log of a run", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    emulator.setStatus(id, { statusMessage: hostile });
    const { data } = await emulator.call<Run>(`GET /v2/actor-runs/${id}`);
    assert.equal(data.statusMessage, hostile);
    emulator.log(id, hostile);
    assert.ok((await emulator.call(`GET /v2/logs/${id}?raw=1`)).text.includes(hostile));
  });

  it("can put any text and data in an error", async () => {
    const emulator = await startTestEmulator();
    const data = { approvalUrl: hostile };
    emulator.refuseStarts({ type: "invalid-input", message: hostile, data });
    const reply = await emulator.call(start);
    assertError(reply, 400, "invalid-input");
    assert.deepEqual([reply.error.message, reply.error.data], [hostile, data]);
  });

  it("can put any id, field and Location in the answer to a start", async () => {
    const emulator = await startTestEmulator();
    const patch = { id: "..", stats: "none", exitCode: [{ text: hostile }], status: undefined };
    const fault = faultAnswers.withData(patch, { Location: "/v2/actor-runs/.." });
    emulator.faults.inject({ endpoint: "startRun", fault });
    const reply = await emulator.call(start);
    assert.equal(reply.status, 201);
    assert.equal(reply.headers.get("location"), "/v2/actor-runs/..");
    const { id, stats, exitCode, userId } = reply.data;
    assert.deepEqual([id, stats, exitCode], ["..", "none", [{ text: hostile }]]);
    assert.equal("status" in reply.data, false);
    assert.notEqual(userId, undefined);
    assert.notEqual(emulator.runs()[0]?.id, "..");
  });

  it("can replace fields in every read of a run while the run goes on", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    const fault = faultAnswers.withData({ statusMessage: 7, meta: null });
    emulator.faults.inject({ endpoint: "getRun", fault, times: Infinity });
    const read = async (): Promise<unknown[]> => {
      const { data } = await emulator.call(`GET /v2/actor-runs/${id}`);
      return [data.status, data.statusMessage, data.meta];
    };
    assert.deepEqual(await read(), ["READY", 7, null]);
    emulator.finish(id);
    assert.deepEqual(await read(), ["SUCCEEDED", 7, null]);
  });

  it("can answer with any bytes, compressed or not", async () => {
    const emulator = await startTestEmulator();
    const deep = `{"data":{"id":"x","deep":${"[".repeat(9_000)}${"]".repeat(9_000)}}}`;
    const change = (answer: Answer): Answer => {
      assert.match(answer.body.toString("utf8"), /"data"/);
      return { ...answer, body: Buffer.from(deep) };
    };
    emulator.faults.inject({ endpoint: "startRun", fault: { kind: "change", change }, times: 2 });
    const accepting = { headers: { "Accept-Encoding": "gzip" } };
    for (const options of [accepting, { headers: { "Accept-Encoding": "identity" } }]) {
      assert.equal((await emulator.call(start, options)).text, deep);
    }
  });
});
