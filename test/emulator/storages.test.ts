import assert from "node:assert/strict";
import {
  assertError,
  closeEmulatorsAfterEach,
  startTestEmulator,
  withActor,
} from "./support/emulator";
import type { ActorContext } from "../../emulator";
import type { Reply, TestEmulator } from "./support/emulator";

const stranger = { token: "john-token" };
const nobody = { token: null };

const kinds = [
  { path: "datasets", runPath: "dataset", defaultId: "defaultDatasetId" },
  { path: "key-value-stores", runPath: "key-value-store", defaultId: "defaultKeyValueStoreId" },
  { path: "request-queues", runPath: "request-queue", defaultId: "defaultRequestQueueId" },
] as const;

async function create(emulator: TestEmulator, path: string, name: string): Promise<string> {
  const { status, data } = await emulator.call(`POST /v2/${path}?name=${name}`);
  assert.equal(status, 201);
  return String(data.id);
}

for (const { path, runPath, defaultId } of kinds) {
  describe(`/v2/${path}`, () => {
    closeEmulatorsAfterEach();

    it("creates a storage once for each name and account, and any number without a name", async () => {
      const emulator = await startTestEmulator();
      const post = async (query: string, call = {}): Promise<Reply> =>
        emulator.call(`POST /v2/${path}${query}`, call);
      const first = await post("?name=my-Value-1");
      assert.equal(first.status, 201);
      assert.equal(
        first.headers.get("Location"),
        `${emulator.url}/v2/${path}/${String(first.data.id)}`,
      );
      const second = await post("?name=my-Value-1");
      assert.deepEqual([second.status, second.data.id], [200, first.data.id]);
      const ofJohn = await post("?name=my-Value-1", stranger);
      assert.equal(ofJohn.status, 201);
      const unnamed = [await post(""), await post("?name=")];
      assert.deepEqual(
        unnamed.map(({ status, data }) => [status, data.name]),
        [
          [201, null],
          [201, null],
        ],
      );
      assert.equal(new Set([first, ofJohn, ...unnamed].map(({ data }) => data.id)).size, 4);
    });

    it("refuses a name that is not valid", async () => {
      const emulator = await startTestEmulator();
      await create(emulator, path, "a");
      for (const name of ["a_b", "-a", "a-", "a~b", "ä", "a%20b", "a".repeat(64)]) {
        assertError(await emulator.call(`POST /v2/${path}?name=${name}`), 400, "invalid-value");
      }
      assert.equal((await emulator.call(`POST /v2/${path}?name=${"a".repeat(63)}`)).status, 201);
    });

    it("lists the account's storages with a name, or all, in pages", async () => {
      const emulator = await startTestEmulator();
      const run = await emulator.startRun();
      const a = await create(emulator, path, "a");
      const b = await create(emulator, path, "b");
      const list = async (query: string, call = {}): Promise<unknown> => {
        const { data } = await emulator.call(`GET /v2/${path}${query}`, call);
        const ids = (data.items as { id: string }[]).map(({ id }) => id);
        return [data.total, data.unnamed, ids];
      };
      assert.deepEqual(await list(""), [2, false, [a, b]]);
      assert.deepEqual(await list("?unnamed=1&limit=2"), [3, true, [run[defaultId], a]]);
      assert.deepEqual(await list("?desc=1&limit=1"), [2, false, [b]]);
      assert.deepEqual(await list("?ownership=sharedWithMe"), [0, false, []]);
      assert.deepEqual(await list("", stranger), [0, false, []]);
      const bad = await emulator.call(`GET /v2/${path}?ownership=mine`);
      assertError(bad, 400, "invalid-value");
    });

    it("changes the name, the title and the general access", async () => {
      const emulator = await startTestEmulator();
      const run = await emulator.startRun();
      const storage = `/v2/${path}/${run[defaultId]}`;
      emulator.clock.advance(5);
      const json = { name: "kept", title: "Kept", generalAccess: "RESTRICTED", other: 1 };
      const { status, data } = await emulator.call(`PUT ${storage}`, { json });
      assert.equal(status, 200);
      assert.deepEqual(
        [data.name, data.title, data.generalAccess, data.modifiedAt, data.username],
        ["kept", "Kept", "RESTRICTED", "2026-01-01T00:00:00.005Z", "janedoe"],
      );
      assert.equal(data.consoleUrl, `${emulator.url}/storage/${path}/${run[defaultId]}`);
      for (const reference of ["~kept", "janedoe~kept"]) {
        const found = await emulator.call(`GET /v2/${path}/${reference}`);
        assert.equal(found.data.id, run[defaultId]);
      }
      const unnamed = await emulator.call(`PUT ${storage}`, { json: { name: null } });
      assert.deepEqual([unnamed.data.name, unnamed.data.title], [null, "Kept"]);
      assertError(await emulator.call(`GET /v2/${path}/~kept`), 404, "record-not-found");
    });

    it("refuses a change that is not valid, and changes nothing then", async () => {
      const emulator = await startTestEmulator();
      await create(emulator, path, "taken");
      const storage = `/v2/${path}/${await create(emulator, path, "mine")}`;
      const put = async (json: unknown): Promise<Reply> =>
        emulator.call(`PUT ${storage}`, { json });
      assertError(await put({ title: "x", name: "taken" }), 409, "name-not-unique");
      assertError(await put({ title: "x", name: "a b" }), 400, "invalid-value");
      assertError(await put({ title: "x", name: 1 }), 400, "invalid-value");
      assertError(await put({ title: ["x"] }), 400, "invalid-value");
      assertError(await put({ title: "x", generalAccess: "ALL" }), 400, "invalid-value");
      assertError(await put([]), 400, "invalid-request");
      assert.equal((await put({ name: "mine" })).data.title, null);
    });

    it("is the account's own, unless anyone with the id or the name may read it", async () => {
      const emulator = await startTestEmulator();
      const id = await create(emulator, path, "shared");
      const byId = `/v2/${path}/${id}`;
      const byName = `/v2/${path}/janedoe~shared`;
      const statuses = async (): Promise<number[]> => {
        const replies = [
          await emulator.call(`GET ${byId}`, stranger),
          await emulator.call(`GET ${byId}`, nobody),
          await emulator.call(`GET ${byName}`, stranger),
          await emulator.call(`DELETE ${byId}`, stranger),
          await emulator.call(`DELETE ${byId}`, nobody),
        ];
        return replies.map(({ status }) => status);
      };
      assert.deepEqual(await statuses(), [404, 401, 404, 404, 401]);
      const share = (generalAccess: string): Promise<Reply> =>
        emulator.call(`PUT ${byId}`, { json: { generalAccess } });
      await share("ANYONE_WITH_ID_CAN_READ");
      assert.deepEqual(await statuses(), [200, 200, 404, 404, 401]);
      await share("ANYONE_WITH_NAME_CAN_READ");
      assert.deepEqual(await statuses(), [200, 200, 200, 404, 401]);
      await share("RESTRICTED");
      assert.deepEqual(await statuses(), [404, 401, 404, 404, 401]);
    });

    it("answers below a run, and below the last run of a task and of an Actor", async () => {
      const emulator = await startTestEmulator();
      const first = await emulator.startRun();
      emulator.finish(first.id);
      const second = await emulator.startRun();
      const idAt = async (prefix: string, query = ""): Promise<unknown> =>
        (await emulator.call(`GET /v2/${prefix}/${runPath}${query}`)).data.id;
      assert.equal(await idAt(`actor-runs/${first.id}`), first[defaultId]);
      for (const owner of ["actor-tasks/~scrape", "actors/janedoe~by-hand", "acts/~by-hand"]) {
        const last = `${owner}/runs/last`;
        assert.equal(await idAt(last), second[defaultId]);
        assert.equal(await idAt(last, "?status=SUCCEEDED"), first[defaultId]);
        assert.equal(await idAt(last, "?status=SUCCEEDED&origin=API"), first[defaultId]);
        const url = `GET /v2/${last}/${runPath}`;
        assertError(await emulator.call(`${url}?origin=WEB`), 404, "record-not-found");
        assertError(await emulator.call(url, stranger), 404, "record-not-found");
        assertError(await emulator.call(url, nobody), 401, "token-not-provided");
      }
      const below = `/v2/actor-runs/${first.id}/${runPath}`;
      assertError(await emulator.call(`GET ${below}`, stranger), 404, "record-not-found");
      assertError(await emulator.call(`GET ${below}`, nobody), 401, "token-not-provided");
      const unknown = await emulator.call(`GET /v2/actor-tasks/~none/runs/last/${runPath}`);
      assertError(unknown, 404, "record-not-found");
      const { data } = await emulator.call(`PUT ${below}`, { json: { title: "First" } });
      assert.deepEqual([data.id, data.title], [first[defaultId], "First"]);
      assert.equal((await emulator.call(`DELETE ${below}`)).status, 204);
      assertError(await emulator.call(`GET ${below}`), 404, "record-not-found");
    });

    it("keeps a run's storage that has a name when the run expires", async () => {
      const emulator = await startTestEmulator();
      const [named, unnamed] = [await emulator.startRun(), await emulator.startRun()];
      await emulator.call(`PUT /v2/${path}/${named[defaultId]}`, { json: { name: "kept" } });
      emulator.expireRun(named.id);
      emulator.expireRun(unnamed.id);
      assert.equal((await emulator.call(`GET /v2/${path}/~kept`)).status, 200);
      const gone = await emulator.call(`GET /v2/${path}/${unnamed[defaultId]}`);
      assertError(gone, 404, "record-not-found");
    });
  });
}

describe("a storage that an Actor creates", () => {
  closeEmulatorsAfterEach();

  it("shows the run, which is not charged for its items", async () => {
    const run = async ({ env }: ActorContext): Promise<void> => {
      const post = async (path: string, body?: string): Promise<unknown> => {
        const headers = {
          Authorization: `Bearer ${env.APIFY_TOKEN}`,
          "Content-Type": "application/json",
        };
        const init = { method: "POST", headers, ...(body === undefined ? {} : { body }) };
        return (await fetch(`${env.APIFY_API_BASE_URL}/v2/${path}`, init)).json();
      };
      await post("datasets?name=by-actor");
      await post("datasets/~by-actor/items", "[{},{}]");
      await post(`datasets/${env.ACTOR_DEFAULT_DATASET_ID}/items`, "{}");
    };
    const pricingInfo = {
      pricingModel: "PAY_PER_EVENT",
      pricingPerEvent: { actorChargeEvents: { "apify-default-dataset-item": {} } },
    };
    const emulator = await startTestEmulator({ declaration: withActor({ run, pricingInfo }) });
    const ended = emulator.whenRun(({ status }) => status === "SUCCEEDED");
    const started = await emulator.startRun();
    emulator.clock.advance(0);
    assert.deepEqual((await ended).chargedEventCounts, { "apify-default-dataset-item": 1 });
    const { data } = await emulator.call("GET /v2/datasets/~by-actor");
    assert.deepEqual([data.actRunId, data.actId, data.itemCount], [started.id, started.actId, 2]);
  });
});
