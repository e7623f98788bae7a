import assert from "node:assert/strict";
import { declaration, closeEmulatorsAfterEach, startTestEmulator } from "../support/emulator";
import { textOf, visit } from "./support/visit";
import type { TestEmulator } from "../support/emulator";

/** Ends a number of runs, one second after each other. */
async function finishRuns(emulator: TestEmulator, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { id } = await emulator.startRun();
    emulator.clock.advance(1000);
    emulator.finish(id);
    ids.push(id);
  }
  return ids;
}

describe("the list of runs", () => {
  closeEmulatorsAfterEach();

  it("shows runs, newest first, with their status and duration", async () => {
    const emulator = await startTestEmulator();
    const [first = "", second = ""] = await finishRuns(emulator, 2);
    emulator.clock.advance(120_000);
    const page = await visit(emulator, "GET /");
    assert.equal(page.status, 200);
    assert.match(page.headers["content-type"] ?? "", /^text\/html/);
    const text = textOf(page);
    assert.ok(text.indexOf(second) < text.indexOf(first));
    assert.match(
      text,
      /SUCCEEDED \w+ janedoe~scrape 2026-01-01 00:00:01 \(2 min ago\) took 1\.0 s/,
    );
  });

  it("shows 20 runs at a time, so that a thousand cost no more", async () => {
    const emulator = await startTestEmulator();
    await finishRuns(emulator, 10);
    const few = await visit(emulator, "GET /");
    emulator.setLimits("janedoe", { maxConcurrentRuns: 1000, maxMemoryMbytes: 2_000_000 });
    for (let count = 10; count < 1000; count += 1) emulator.addRun({ task: "janedoe~scrape" });
    emulator.clock.advance(0);
    const many = await visit(emulator, "GET /");
    assert.equal(many.body.match(/<li id="row-/g)?.length, 20);
    assert.match(textOf(many), /1–20 of 1000/);
    assert.ok(many.body.length < 2 * few.body.length);
    const last = await visit(emulator, "GET /?offset=990");
    assert.match(textOf(last), /991–1000 of 1000/);
  });

  it("filters by task and status, and keeps the filter on further pages", async () => {
    const emulator = await startTestEmulator();
    const [first = ""] = await finishRuns(emulator, 22);
    const other = await emulator.startRun();
    emulator.finish(other.id, { exitCode: 1 });
    const failed = await visit(emulator, "GET /?status=FAILED");
    assert.ok(failed.body.includes(`row-${other.id}`) && !failed.body.includes(`row-${first}`));
    const task = other.actorTaskId ?? "";
    const filtered = await visit(emulator, `GET /?task=${task}&status=SUCCEEDED`);
    assert.match(
      filtered.body,
      new RegExp(`href="/\\?task=${task}&amp;status=SUCCEEDED&amp;offset=20"`),
    );
    assert.match(textOf(await visit(emulator, "GET /?task=none")), /No runs\./);
  });

  it("shows the tasks", async () => {
    const emulator = await startTestEmulator();
    assert.match(textOf(await visit(emulator, "GET /")), /janedoe~scrape .* janedoe~by-hand 0/);
    assert.match(textOf(await visit(emulator, "GET /tasks")), /johndoe~private/);
  });
});

describe("the page of a run", () => {
  closeEmulatorsAfterEach();

  it("shows its log, message, input, items, records, options, cost and run key", async () => {
    const emulator = await startTestEmulator();
    const headers = { "User-Agent": "pulumi-apify/0.1.0 (run-key 7f9c2ba4)" };
    const hook = { eventTypes: ["ACTOR.RUN.FAILED"], requestUrl: "http://127.0.0.1:9/hook" };
    const webhooks = Buffer.from(JSON.stringify([hook]));
    const { data } = await emulator.call(
      `POST /v2/actor-tasks/~scrape/runs?memory=512&timeout=60&webhooks=${webhooks.toString("base64")}`,
      { json: { query: "bikes" }, headers },
    );
    const id = String(data.id);
    emulator.log(id, "\u001b[32mINFO\u001b[39m first line");
    emulator.setStatus(id, { statusMessage: "Half done" });
    const items = [{ title: "Bike", price: { amount: 5 } }, { title: "Car" }];
    await emulator.call(`POST /v2/datasets/${String(data.defaultDatasetId)}/items`, {
      json: items,
    });
    emulator.clock.advance(2500);
    const page = await visit(emulator, `GET /actors/runs/${id}`);
    const text = textOf(page);
    for (const expected of [
      "RUNNING Half done",
      "Duration 2.5 s",
      "00:00:00.000 INFO first line",
      "Dataset 2",
      "1 Bike { &quot;amount&quot;: 5 }",
      "INPUT application/json; charset=utf-8 17 B",
      "Origin API Run key 7f9c2ba4 User agent pulumi-apify/0.1.0 (run-key 7f9c2ba4)",
      "Timeout 1 min 00 s Memory 512 MB",
      "Usage Size of the input 17 B",
      "&quot;requestUrl&quot;: &quot;http://127.0.0.1:9/hook&quot;",
      "&quot;query&quot;: &quot;bikes&quot;",
    ]) {
      assert.ok(text.includes(expected), `${expected}\n${text}`);
    }
    assert.match(page.body, /<span class="ink-green">INFO<\/span>/);
  });

  it("shows metamorphs and the end", async () => {
    const actors = [...declaration.actors, { username: "janedoe", name: "next", manual: true }];
    const emulator = await startTestEmulator({ declaration: { ...declaration, actors } });
    const { id } = await emulator.startRun();
    emulator.clock.advance(0);
    emulator.metamorph(id, "janedoe~next", { input: { next: 1 } });
    emulator.finish(id, { exitCode: 3 });
    const text = textOf(await visit(emulator, `GET /actors/runs/${id}`));
    assert.match(text, /FAILED Actor process exited with code 3/);
    assert.match(text, /Exit code 3/);
    assert.match(text, /Metamorphs .*Actor \w+ , input INPUT-METAMORPH-1/);
    assert.match(text, /&quot;next&quot;: 1/);
  });

  it("shows the last lines of a long log and a way to all of it", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    emulator.log(id, Array.from({ length: 2000 }, (_, index) => `line ${index};`).join("\n"));
    const { body } = await visit(emulator, `GET /actors/runs/${id}`);
    assert.ok(body.includes("line 1999;") && !body.includes("line 1499;"));
    assert.ok(body.includes(`href="/actors/runs/${id}/log"`));
  });

  it("says what is missing after its storages were deleted", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun();
    await emulator.call(`DELETE /v2/datasets/${run.defaultDatasetId}`);
    await emulator.call(`DELETE /v2/key-value-stores/${run.defaultKeyValueStoreId}`);
    const text = textOf(await visit(emulator, `GET /actors/runs/${run.id}`));
    assert.match(text, /Dataset It was deleted\./);
    assert.match(text, /Input None\./);
  });

  it("shows a run whose fields a test has replaced by nonsense", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    const nonsense = { stats: "none", meta: null, options: [1], metamorphs: [7], exitCode: {} };
    const patch: Record<string, unknown> = { ...nonsense, status: "DANCING", startedAt: "x" };
    emulator.setStatus(id, patch);
    for (const path of [`/actors/runs/${id}`, "/"]) {
      const page = await visit(emulator, `GET ${path}`);
      assert.equal(page.status, 200, page.body);
      assert.match(textOf(page), /DANCING/);
    }
  });
});
