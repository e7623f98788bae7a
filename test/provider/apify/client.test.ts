import assert from "node:assert/strict";
import { createApifyClient } from "../../../provider/apify/client";
import { ApifyError, ApifyNoResponseError } from "../../../provider/apify/errors";
import { ImpossibleIdError } from "../../../provider/apify/pathSegment";
import { adviceOn } from "../../../provider/apify/advice";
import { createAutoClock, endable } from "../../support/fakeClock";
import { json, testServers, text } from "../../support/httpServer";
import example from "../../fixtures/run-201.json";
import type { ApifyClient } from "../../../provider/apify/client";
import type { DatasetItemsQuery } from "../../../provider/apify/types/datasetItemsQuery";
import type { FakeClock } from "../../support/fakeClock";
import type { Answer } from "../../support/httpServer";

const { serve } = testServers();

function open(
  server: { readonly baseUrl: string },
  clock: FakeClock = createAutoClock({ holds: endable }),
): ApifyClient {
  return createApifyClient({
    token: "secret",
    baseUrl: server.baseUrl,
    userAgent: "test/1",
    clock,
  });
}

const run = json(200, example);
const runId = example.data.id;
const task = json(200, { data: { id: "t", userId: "u", actId: "a", name: "n" } });
const actor = json(200, { data: { id: "a", name: "n" } });
const dataset = json(200, { data: { id: "d" } });
const page = { total: 0, offset: 0, limit: 10, count: 0, desc: true, items: [] };
const runs = json(200, { data: page });
const items = json(200, []);

describe("each endpoint", () => {
  const endpoints: readonly (readonly [
    what: string,
    call: (client: ApifyClient) => Promise<unknown>,
    answer: Answer,
    request: string,
  ])[] = [
    ["getRun", (c) => c.getRun(runId), run, `GET /v2/actor-runs/${runId}`],
    [
      "getRun with a wait",
      (c) => c.getRun(runId, { waitSecs: 60 }),
      run,
      `GET /v2/actor-runs/${runId}?waitForFinish=60`,
    ],
    [
      "getRun with a wait of 0",
      (c) => c.getRun(runId, { waitSecs: 0 }),
      run,
      `GET /v2/actor-runs/${runId}?waitForFinish=0`,
    ],
    [
      "listTaskRuns",
      (c) => c.listTaskRuns("me~my task", { limit: 10 }),
      runs,
      "GET /v2/actor-tasks/me~my%20task/runs?desc=1&limit=10",
    ],
    [
      "listTaskRuns of a later page, by status",
      (c) => c.listTaskRuns("t", { limit: 1000, offset: 100, statuses: ["READY", "TIMING-OUT"] }),
      runs,
      "GET /v2/actor-tasks/t/runs?desc=1&limit=1000&offset=100&status=READY%2CTIMING-OUT",
    ],
    ["abortRun", (c) => c.abortRun(runId), run, `POST /v2/actor-runs/${runId}/abort`],
    ["deleteRun", (c) => c.deleteRun("r1"), text(204, ""), "DELETE /v2/actor-runs/r1"],
    ["getTask", (c) => c.getTask("me~t"), task, "GET /v2/actor-tasks/me~t"],
    ["getActor", (c) => c.getActor("me~a"), actor, "GET /v2/actors/me~a"],
    ["getDataset", (c) => c.getDataset("d1"), dataset, "GET /v2/datasets/d1"],
    [
      "getDatasetItems",
      (c) => c.getDatasetItems("d1"),
      items,
      "GET /v2/datasets/d1/items?format=json",
    ],
    [
      "getRecord",
      (c) => c.getRecord("s1", "a/b ?#"),
      text(200, ""),
      "GET /v2/key-value-stores/s1/records/a%2Fb%20%3F%23",
    ],
    [
      "deleteStorage of a dataset",
      (c) => c.deleteStorage("datasets", "d1"),
      text(204, ""),
      "DELETE /v2/datasets/d1",
    ],
    [
      "deleteStorage of a key-value store",
      (c) => c.deleteStorage("key-value-stores", "k1"),
      text(204, ""),
      "DELETE /v2/key-value-stores/k1",
    ],
    [
      "deleteStorage of a request queue",
      (c) => c.deleteStorage("request-queues", "q/1"),
      text(204, ""),
      "DELETE /v2/request-queues/q%2F1",
    ],
    [
      "readRunLog",
      (c) => c.readRunLog("r1", { onLine: () => undefined }),
      text(200, "log"),
      "GET /v2/actor-runs/r1/log",
    ],
    [
      "readRunLog of a run that goes on",
      (c) => c.readRunLog("r1", { onLine: () => undefined, followSecs: 60 }),
      text(200, "log"),
      "GET /v2/actor-runs/r1/log?stream=true",
    ],
    [
      "getRunLogTail",
      (c) => c.getRunLogTail("r1", 10),
      text(200, "log"),
      "GET /v2/actor-runs/r1/log",
    ],
    [
      "startTaskRun",
      (c) => c.startTaskRun({ actorTaskId: "me~t", userAgentNote: "(run-key k)" }),
      json(201, example),
      "POST /v2/actor-tasks/me~t/runs",
    ],
  ];
  for (const [what, call, answer, request] of endpoints) {
    it(`is where Apify has it: ${what} is ${request}`, async () => {
      const server = await serve(answer);
      await call(open(server));
      assert.deepEqual(
        server.requests.map(({ method, target }) => `${method} ${target}`),
        [request],
      );
      assert.equal(server.requests[0]?.headers.authorization, "Bearer secret");
    });

    if (what === "startTaskRun") continue;
    it(`is tried again: ${what} survives a 503`, async () => {
      const server = await serve(text(503, ""), answer);
      await call(open(server));
      assert.equal(server.requests.length, 2);
    });

    it(`reports a 404: ${what} does`, async () => {
      const error = { type: "record-not-found", message: "Not found." };
      const client = open(await serve(json(404, { error })));
      await assert.rejects(call(client), (thrown) => {
        assert.ok(thrown instanceof ApifyError);
        assert.equal(thrown.status, 404);
        assert.equal(thrown.type, "record-not-found");
        return true;
      });
    });
  }
});

describe("what an endpoint answers", () => {
  it("is asked for as it is where it is small, and compressed where it may be large", async () => {
    const server = await serve(run, items);
    const client = open(server);
    await client.getRun(runId);
    await client.getDatasetItems("d");
    assert.deepEqual(
      server.requests.map(({ headers }) => headers["accept-encoding"]),
      ["identity", "gzip, deflate, br"],
    );
  });

  it("is a run", async () => {
    assert.deepEqual(await open(await serve(run)).getRun(runId), example.data);
    assert.deepEqual(await open(await serve(run)).abortRun(runId), example.data);
  });

  it("is a page of runs", async () => {
    const item = { id: "r1", status: "RUNNING", meta: { userAgent: "x" }, usageTotalUsd: 1 };
    const data = { ...page, items: [item] };
    const client = open(await serve(json(200, { data })));
    assert.deepEqual(await client.listTaskRuns("t", { limit: 1 }), data);
  });

  it("is a task, an Actor and a dataset", async () => {
    const client = open(await serve(task, actor, dataset));
    assert.equal((await client.getTask("t")).actId, "a");
    assert.equal((await client.getActor("a")).name, "n");
    assert.equal((await client.getDataset("d")).id, "d");
  });

  it("is whatever items an Actor pushed", async () => {
    const pushed = [{ a: 1 }, null, "x", [2]];
    assert.deepEqual(await open(await serve(json(200, pushed))).getDatasetItems("d"), pushed);
  });

  it("is a record with its type", async () => {
    const client = open(await serve(text(200, "<b>ž</b>", { "Content-Type": "text/html" })));
    const record = await client.getRecord("s", "OUTPUT");
    assert.deepEqual(record, { contentType: "text/html", text: "<b>ž</b>" });
  });

  it("is a record without a type when the server names none", async () => {
    const record = await open(await serve(text(200, "x"))).getRecord("s", "OUTPUT");
    assert.deepEqual(record, { contentType: "", text: "x" });
  });

  it("is a record that lies elsewhere, fetched without the token", async () => {
    const storage = await serve(text(200, "found"));
    const server = await serve(text(302, "", { Location: `${storage.baseUrl}/signed?s=1` }));
    assert.equal((await open(server).getRecord("s", "OUTPUT"))?.text, "found");
    assert.equal(storage.requests[0]?.headers.authorization, undefined);
  });

  it("is nothing for a record that is not there, and an error for one that is refused", async () => {
    const server = await serve(text(404, ""), json(200, { data: {} }), text(403, ""));
    assert.equal(await open(server).getRecord("s", "OUTPUT"), undefined);
    await assert.rejects(open(server).getRecord("s", "OUTPUT"), ApifyError);
  });

  it("is an error for a store or a dataset that is not there", async () => {
    const error = { type: "record-not-found", message: "Key-value store was not found" };
    const client = open(await serve(json(404, { error })));
    const missing = (path: string) => (thrown: unknown) =>
      thrown instanceof ApifyError &&
      thrown.status === 404 &&
      thrown.message.includes(` ${path}: `);
    await assert.rejects(client.getRecord("s", "OUTPUT"), missing("/v2/key-value-stores/s"));
    await assert.rejects(client.getDatasetItems("d"), missing("/v2/datasets/d/items"));
  });

  it("may have more items than an ordinary response has bytes", async () => {
    const large = JSON.stringify(["x".repeat(17 * 1024 * 1024)]);
    const client = open(await serve(text(200, large)));
    assert.equal((await client.getDatasetItems("d")).length, 1);
    assert.equal((await client.getRecord("s", "OUTPUT"))?.text.length, large.length);
  });

  it("is an error when it is not in the documented format", async () => {
    const client = open(await serve(json(200, { data: { id: "" } })));
    const unreadable = (error: unknown): boolean =>
      error instanceof ApifyNoResponseError && error.kind === "unreadable";
    await assert.rejects(client.getRun("r"), unreadable);
    await assert.rejects(client.listTaskRuns("t", { limit: 1 }), unreadable);
    await assert.rejects(client.getTask("t"), unreadable);
    await assert.rejects(client.getUser(), unreadable);
    await assert.rejects(client.getDatasetItems("d"), unreadable);
  });
});

describe("a response about another run than the one asked for", () => {
  const calls: Readonly<Record<string, (client: ApifyClient) => Promise<unknown>>> = {
    getRun: (client) => client.getRun("another"),
    abortRun: (client) => client.abortRun("another"),
  };
  for (const [what, call] of Object.entries(calls)) {
    it(`is none: ${what} says so`, async () => {
      await assert.rejects(call(open(await serve(run))), (error) => {
        assert.ok(error instanceof ApifyNoResponseError);
        assert.equal(error.kind, "unreadable");
        assert.match(error.message, /describes another run: HG7ML7M8z78YcAPEB$/);
        return true;
      });
    });
  }
});

describe("an id that would lead elsewhere", () => {
  const calls: Readonly<Record<string, (client: ApifyClient, id: string) => Promise<unknown>>> = {
    getRun: (client, id) => client.getRun(id),
    abortRun: (client, id) => client.abortRun(id),
    deleteRun: (client, id) => client.deleteRun(id),
    listTaskRuns: (client, id) => client.listTaskRuns(id, { limit: 1 }),
    startTaskRun: (client, id) => client.startTaskRun({ actorTaskId: id, userAgentNote: "" }),
    getTask: (client, id) => client.getTask(id),
    getActor: (client, id) => client.getActor(id),
    getDataset: (client, id) => client.getDataset(id),
    getDatasetItems: (client, id) => client.getDatasetItems(id),
    "getRecord, as the store": (client, id) => client.getRecord(id, "OUTPUT"),
    "getRecord, as the key": (client, id) => client.getRecord("s", id),
    "deleteStorage of a dataset": (client, id) => client.deleteStorage("datasets", id),
    readRunLog: (client, id) => client.readRunLog(id, { onLine: () => undefined }),
    getRunLogTail: (client, id) => client.getRunLogTail(id, 1),
  };
  for (const [what, call] of Object.entries(calls)) {
    it(`is refused, and nothing is sent: ${what}`, async () => {
      const server = await serve(run);
      const none = undefined as unknown as string;
      for (const id of [none, "", ".", "..", "a\nb", "\u0000", "\u007f", "\u0085", "a\ud800"]) {
        await assert.rejects(call(open(server), id), (error) => {
          assert.ok(error instanceof ImpossibleIdError);
          assert.equal(adviceOn(error), "");
          return true;
        });
      }
      assert.deepEqual(server.requests, []);
    });
  }

  it("is one as it stands there, and not in another: what looks like a path is encoded", async () => {
    const server = await serve(text(204, ""));
    for (const id of ["a/../b", "../x", "...", "%2e%2e", "a?b#c", "\\..", ".%2e"]) {
      await open(server).deleteStorage("datasets", id);
    }
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      ["a%2F..%2Fb", "..%2Fx", "...", "%252e%252e", "a%3Fb%23c", "%5C..", ".%252e"].map(
        (id) => `/v2/datasets/${id}`,
      ),
    );
  });
});

describe("the query for dataset items", () => {
  const cases: readonly (readonly [query: DatasetItemsQuery, sent: Record<string, string>])[] = [
    [{}, {}],
    [
      { limit: 5, offset: 2 },
      { limit: "5", offset: "2" },
    ],
    [{ limit: 0 }, { limit: "0" }],
    [
      { fields: ["a", "b.c"], omit: ["d"], unwind: ["e", "f"] },
      { fields: "a,b.c", omit: "d", unwind: "e,f" },
    ],
    [
      { clean: true, desc: false },
      { clean: "true", desc: "false" },
    ],
  ];
  for (const [query, sent] of cases) {
    it(`of ${JSON.stringify(query)} asks for just that, as JSON`, async () => {
      const server = await serve(items);
      await open(server).getDatasetItems("d", query);
      assert.deepEqual(server.requests[0]?.query, { format: "json", ...sent });
    });
  }
});

describe("the wait for a run", () => {
  it("gives the server the time it was granted on top of the timeout", async () => {
    const clock = createAutoClock({ holds: endable });
    const client = open(await serve(run), clock);
    await client.getRun(runId, { waitSecs: 60 });
    await client.getRun(runId);
    assert.deepEqual(clock.sleeps, [90_000, 30_000]);
  });

  it("ends within the time it is given", async () => {
    const clock = createAutoClock({ holds: endable, random: 0 });
    const server = await serve(run, run, text(503, ""));
    const client = open(server, clock);
    await client.getRun(runId, { waitSecs: 60, withinSecs: 20 });
    await client.listTaskRuns("t", { limit: 1, withinSecs: 5 }).catch(() => undefined);
    assert.deepEqual(clock.sleeps, [20_000, 5_000]);
    await assert.rejects(client.listTaskRuns("t", { limit: 1, withinSecs: 1 }), ApifyError);
    assert.deepEqual(clock.sleeps.slice(2), [1_000, 250, 750, 500, 250]);
    assert.equal(server.requests.length, 5);
  });

  it("ends when it is cancelled", async () => {
    const cancel = new AbortController();
    const server = await serve(() => {
      cancel.abort();
    });
    const wait = open(server).getRun(runId, { waitSecs: 60, signal: cancel.signal });
    await assert.rejects(wait, /the request was cancelled/);
    const list = open(server).listTaskRuns("t", { limit: 1, signal: cancel.signal });
    await assert.rejects(list, /the request was cancelled/);
    assert.equal(server.requests.length, 1);
  });
});
