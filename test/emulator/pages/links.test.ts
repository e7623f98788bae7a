import assert from "node:assert/strict";
import { datasetConsoleUrl, runConsoleUrl } from "../../../provider/apify/urls";
import { assertError, closeEmulatorsAfterEach, startTestEmulator } from "../support/emulator";
import { textOf, visit } from "./support/visit";
import type { TestEmulator } from "../support/emulator";
import type { Visit } from "./support/visit";

/** Follows redirects. */
async function open(emulator: TestEmulator, path: string): Promise<Visit & { path: string }> {
  const reply = await visit(emulator, `GET ${path}`);
  if (reply.status !== 303) return { ...reply, path };
  return open(emulator, reply.headers.location ?? "");
}

describe("a link of Apify Console", () => {
  closeEmulatorsAfterEach();

  it("to a run opens its page, whatever it goes by", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun();
    const member = { createdByOrganizationMemberUserId: "m" };
    for (const url of [
      runConsoleUrl(emulator.url, run),
      runConsoleUrl(emulator.url, { id: run.id }),
      runConsoleUrl(emulator.url, { ...run, ...member }),
      new URL(run.consoleUrl).pathname,
      `/actors/tasks/${run.actorTaskId ?? ""}/runs/${run.id}`,
      `/view/runs/${run.id}`,
    ]) {
      const { status, path } = await open(emulator, url.replace(emulator.url, ""));
      assert.deepEqual([status, path], [200, `/actors/runs/${run.id}`], url);
    }
  });

  it("to a dataset or a key-value store opens its page", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun();
    const dataset = datasetConsoleUrl(emulator.url, run, run.defaultDatasetId);
    const ofOrganization = datasetConsoleUrl(
      emulator.url,
      { userId: "u", createdByOrganizationMemberUserId: "m" },
      run.defaultDatasetId,
    );
    for (const [url, title] of [
      [dataset, "Dataset"],
      [ofOrganization, "Dataset"],
      [`/storage/key-value-stores/${run.defaultKeyValueStoreId}`, "Key-value store"],
      [`/storage/request-queues/${run.defaultRequestQueueId}`, "Request queue"],
    ] as const) {
      const page = await open(emulator, url.replace(emulator.url, ""));
      assert.equal(page.status, 200, url);
      assert.match(textOf(page), new RegExp(`${title} \\w{17} Of run ${run.id}`));
    }
  });

  it("to a task, an Actor or one of its builds opens a page that shows it", async () => {
    const emulator = await startTestEmulator();
    const { actorTaskId, actId, buildId } = await emulator.startRun();
    const { data } = await emulator.call(`GET /v2/actor-builds/${buildId}`);
    const build = new URL(String(data.consoleUrl));
    const page = await open(emulator, build.pathname);
    assert.ok(page.body.includes(`id="${build.hash.slice(1)}"`));
    for (const [path, title] of [
      [`/actors/${actId}`, "janedoe~by-hand"],
      [`/actors/tasks/${actorTaskId ?? ""}`, "janedoe~scrape"],
      ["/actors/tasks/janedoe~scrape", "janedoe~scrape"],
      [`/tasks/${actorTaskId ?? ""}`, "janedoe~scrape"],
      [`/actors/tasks/${actorTaskId ?? ""}/runs`, "janedoe~scrape"],
      ["/actors/tasks", "Tasks"],
      ["/actors", "Tasks"],
      ["/actors/runs", "Runs"],
      ["/storage/datasets", "Runs"],
      ["/billing", "Billing"],
      ["/billing/limits", "Billing"],
      ["/settings", "Settings"],
      ["/settings/integrations", "Settings"],
    ] as const) {
      const { status, body } = await open(emulator, path);
      assert.equal(status, 200, path);
      assert.ok(body.includes(`<h1>${title}`), path);
    }
  });
});

describe("the pages", () => {
  closeEmulatorsAfterEach();

  const missing = [
    "/actors/runs/none",
    "/actors/none",
    "/actors/tasks/none",
    "/storage/datasets/none",
    "/storage/key-value-stores/none/records/x",
    "/nothing",
    "//",
    "/%E0%A4%A",
  ];
  for (const path of missing) {
    it(`are HTML for a browser when something is missing: ${path}`, async () => {
      const emulator = await startTestEmulator();
      const page = await visit(emulator, `GET ${path}`);
      assert.equal(page.status, 404);
      assert.match(page.headers["content-type"] ?? "", /^text\/html/);
      assert.match(page.body, /<h1>(This is not here|There is no such page)<\/h1>/);
    });
  }

  it("answer 405 to another method, and 403 to another host", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    assert.equal((await visit(emulator, `GET /actors/runs/${id}/abort`)).status, 405);
    assert.equal((await visit(emulator, `DELETE /actors/runs/${id}`)).status, 405);
    const foreign = await visit(emulator, "GET /", { headers: { Host: "evil.example" } });
    assert.equal(foreign.status, 403);
    assert.doesNotMatch(textOf(foreign), /janedoe/);
  });

  it("answer HEAD as GET without the body", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    for (const path of ["/", `/actors/runs/${id}`, "/assets/style.css", "/actors/runs/none"]) {
      const get = await visit(emulator, `GET ${path}`);
      const head = await visit(emulator, `HEAD ${path}`);
      assert.deepEqual(
        [head.status, head.headers["content-length"], head.body],
        [get.status, get.headers["content-length"], ""],
      );
    }
  });

  it("are not for clients that want JSON, nor is the API for browsers", async () => {
    const emulator = await startTestEmulator();
    const json = { Accept: "application/json, text/plain, */*" };
    for (const path of ["/", "/tasks", "/nothing"]) {
      assertError(await emulator.call(`GET ${path}`, { headers: json }), 404, "page-not-found");
    }
    const html = { Accept: "text/html" };
    assertError(await emulator.call("GET /v2/nothing", { headers: html }), 404, "page-not-found");
    assert.equal((await emulator.call("GET /tasks")).status, 200);
  });

  it("allow nothing but what they serve, and cannot be framed", async () => {
    const emulator = await startTestEmulator();
    const { headers } = await visit(emulator, "GET /");
    assert.equal(
      headers["content-security-policy"],
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; " +
        "img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["referrer-policy"], "same-origin");
  });

  it("have faults of the API happen to the API only", async () => {
    const emulator = await startTestEmulator();
    const fault = { kind: "reset", when: "beforeWork" } as const;
    const injected = emulator.faults.inject({ endpoint: "any", fault, times: Infinity });
    assert.equal((await visit(emulator, "GET /")).status, 200);
    assert.equal(injected.hits, 0);
  });
});

describe("a record", () => {
  closeEmulatorsAfterEach();

  for (const [contentType, shown, saved] of [
    ["text/html", /&lt;script&gt;/, "application/octet-stream"],
    ["image/svg+xml", /&lt;script&gt;/, "application/octet-stream"],
    ["application/xhtml+xml", /&lt;script&gt;/, "application/octet-stream"],
    ["application/json", /&lt;script&gt;/, "application/octet-stream"],
    ["application/x-other", /It is not text/, "application/octet-stream"],
    ["image/png", /<img class="record"/, "image/png"],
  ] as const) {
    it(`never becomes a page of its own: ${contentType}`, async () => {
      const emulator = await startTestEmulator();
      const { defaultKeyValueStoreId: store } = await emulator.startRun();
      const body = "<script>alert(1)</script>";
      const headers = { "Content-Type": contentType };
      await emulator.call(`PUT /v2/key-value-stores/${store}/records/it's-me!`, { body, headers });
      const path = `/storage/key-value-stores/${store}/records/it's-me!`;
      const page = await visit(emulator, `GET ${path}`);
      assert.match(page.body, shown);
      const file = await visit(emulator, `GET ${path}/file`);
      assert.equal(file.body, body);
      assert.equal(file.headers["content-type"], saved);
      assert.equal(file.headers["content-disposition"], "attachment; filename*=UTF-8''it%27s-me!");
      assert.equal(file.headers["content-security-policy"], "default-src 'none'; sandbox");
      const api = await emulator.call(`GET /v2/key-value-stores/${store}/records/it's-me!`);
      assert.equal(api.headers.get("content-security-policy"), "sandbox");
      assert.equal(api.headers.get("x-content-type-options"), "nosniff");
    });
  }
});
