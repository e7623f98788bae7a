import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeClock, seededRandom } from "../../../emulator";
import { closeEmulatorsAfterEach, declaration, startTestEmulator } from "../support/emulator";
import type { Declaration, EmulatorOptions, Run } from "../../../emulator";
import type { TestEmulator } from "../support/emulator";

const seed = Number(process.env.PULUMI_APIFY_SEED ?? Math.floor(Math.random() * 2 ** 31));
const operationCount = 120;

describe("an emulator with a folder for its state", () => {
  closeEmulatorsAfterEach();
  let folders: string;
  let count = 0;
  before(() => {
    folders = mkdtempSync(join(tmpdir(), "state-"));
  });
  after(() => {
    rmSync(folders, { recursive: true });
  });
  const newFolder = (): string => join(folders, String((count += 1)));

  /** What an emulator has that was started after one that used this folder was killed. */
  const afterKill = (folder: string, options: Partial<EmulatorOptions> = {}) => {
    const copy = newFolder();
    cpSync(join(folder, "journal.jsonl"), join(copy, "journal.jsonl"));
    return startTestEmulator({ stateFolder: copy, ...options });
  };

  it(`has all that it answered after a kill at any moment (seed ${seed})`, async function () {
    this.timeout(60_000);
    const folder = newFolder();
    const emulator = await startTestEmulator({ stateFolder: folder });
    const random = seededRandom(seed);
    const pick = <Value>(values: readonly Value[]): Value =>
      values[Math.floor(random() * values.length)] as Value;
    for (let number = 0; number < operationCount; number += 1) {
      const name = pick(Object.keys(operations));
      await operations[name]?.(emulator, { pick, number });
      emulator.clock.advance(pick([0, 1, 1000]));
      if (number % 5 !== 0) continue;
      const next = await afterKill(folder, { clock: fakeClock(emulator.clock.now()) });
      assert.deepEqual(await dataOf(next), await dataOf(emulator), `after ${name} (${number})`);
      await next.close();
    }
  });

  it("knows when a storage was last modified, whichever change that was", async () => {
    const folder = newFolder();
    const first = await startTestEmulator({ stateFolder: folder });
    const { data } = await first.call<{ id: string }>("POST /v2/key-value-stores");
    const store = `/v2/key-value-stores/${data.id}`;
    const changes = [
      ["PUT", "/records/a"],
      ["PUT", "/records/b"],
      ["PUT", "/records/a"],
      ["PUT", ""],
    ] as const;
    for (const [method, path] of changes) {
      first.clock.advance(1000);
      await first.call(`${method} ${store}${path}`, { json: {} });
      const second = await afterKill(folder);
      const [now, before] = [await second.call(`GET ${store}`), await first.call(`GET ${store}`)];
      assert.equal(now.data.modifiedAt, before.data.modifiedAt, path);
    }
  });

  it("has the same data when it is started again and again", async () => {
    const folder = newFolder();
    const first = await startTestEmulator({ stateFolder: folder });
    const { id, defaultDatasetId } = await first.startRun("", { depth: 2 });
    first.clock.advance(0);
    await first.call(`POST /v2/datasets/${defaultDatasetId}/items`, { json: [{ a: 1 }, { b: 2 }] });
    first.finish(id, { statusMessage: "two items" });
    const data = await dataOf(first);
    await first.close();
    for (let times = 0; times < 3; times += 1) {
      const again = await startTestEmulator({ stateFolder: folder });
      assert.deepEqual(await dataOf(again), data);
      await again.close();
    }
  });

  it("takes tasks from its declaration, except what was edited", async () => {
    const folder = newFolder();
    const first = await startTestEmulator({ stateFolder: folder });
    await first.startRun();
    await first.call("PUT /v2/actor-tasks/~scrape", { json: { title: "Edited" } });
    await first.close();
    const tasks = declaration.tasks.map((task) => ({ ...task, input: { a: 1 } }));
    const declared = { ...declaration, tasks };
    const next = await startTestEmulator({ stateFolder: folder, declaration: declared });
    const edited = await next.call("GET /v2/actor-tasks/~scrape");
    assert.equal(edited.data.title, "Edited");
    assert.equal(edited.data.input, null);
    assert.deepEqual(edited.data.stats, { totalRuns: 1 });
    const other = await next.call("GET /v2/actor-tasks/~private", { token: "john-token" });
    assert.deepEqual(other.data.input, { a: 1 });
  });

  it("runs the same code in a build that was added, after a restart too", async () => {
    const folder = newFolder();
    const inputSchema = { properties: { depth: { default: 2 } } };
    const declared: Declaration = {
      ...declaration,
      actors: [
        {
          username: "janedoe",
          name: "by-hand",
          builds: [{ number: "0.1.1", tags: ["latest"], command: ["node", "-e", ""], inputSchema }],
        },
      ],
    };
    const first = await startTestEmulator({ stateFolder: folder, declaration: declared });
    first.addBuild("janedoe~by-hand", { number: "0.1.2", tags: ["latest"] });
    await first.close();
    const next = await startTestEmulator({ stateFolder: folder, declaration: declared });
    const { buildNumber, defaultKeyValueStoreId } = await next.startRun();
    assert.equal(buildNumber, "0.1.2");
    assert.deepEqual(next.record(defaultKeyValueStoreId, "INPUT"), { depth: 2 });
  });

  it("keeps runs of an Actor that is no longer declared", async () => {
    const folder = newFolder();
    const first = await startTestEmulator({ stateFolder: folder });
    const { id } = await first.startRun();
    first.finish(id);
    await first.close();
    const declared = { users: declaration.users };
    const next = await startTestEmulator({ stateFolder: folder, declaration: declared });
    const { data } = await next.call<Run>(`GET /v2/actor-runs/${id}`);
    assert.equal(data.status, "SUCCEEDED");
  });

  it("does not start without an account that has runs, and loses nothing", async () => {
    const folder = newFolder();
    const first = await startTestEmulator({ stateFolder: folder });
    const { id } = await first.startRun();
    await first.close();
    const declared = { users: declaration.users.slice(1) };
    await assert.rejects(
      startTestEmulator({ stateFolder: folder, declaration: declared }),
      /runs of the account "janedoe", which is not declared/,
    );
    const next = await startTestEmulator({ stateFolder: folder });
    assert.equal(next.run(id)?.id, id);
  });

  it("cannot share the folder with another one", async () => {
    const folder = newFolder();
    const first = await startTestEmulator({ stateFolder: folder });
    await assert.rejects(startTestEmulator({ stateFolder: folder }), /Another emulator/);
    await first.close();
    await startTestEmulator({ stateFolder: folder });
  });

  for (const [status, prepare, expected] of [
    ["READY", () => undefined, "READY"],
    ["RUNNING", startCode, "RUNNING"],
    ["ABORTING", abortSlowly, "ABORTED"],
  ] as const) {
    it(`continues a run that was ${status}`, async () => {
      const folder = newFolder();
      const first = await startTestEmulator({ stateFolder: folder, stopDelayMillis: 1000 });
      const { id } = await first.startRun();
      await prepare(first, id);
      assert.equal(first.run(id)?.status, status);
      const next = await afterKill(folder);
      assert.equal(next.run(id)?.status, expected);
      next.clock.advance(0);
      if (expected !== "ABORTED") {
        assert.equal(next.run(id)?.status, "RUNNING");
        next.finish(id);
        assert.equal(next.run(id)?.status, "SUCCEEDED");
      }
      assert.equal(next.runs().length, 1);
    });
  }

  it("lets a run time out when its whole time is over, also if it was continued", async () => {
    const folder = newFolder();
    const first = await startTestEmulator({ stateFolder: folder });
    const { id } = await first.startRun("?timeout=60");
    first.clock.advance(0);
    const next = await afterKill(folder);
    next.clock.advance(59_999);
    assert.equal(next.run(id)?.status, "RUNNING");
    next.clock.advance(1);
    assert.equal(next.run(id)?.status, "TIMED-OUT");
  });
});

function startCode(emulator: TestEmulator): void {
  emulator.clock.advance(0);
}

async function abortSlowly(emulator: TestEmulator, id: string): Promise<void> {
  emulator.clock.advance(0);
  await emulator.call(`POST /v2/actor-runs/${id}/abort`);
}

interface Choices {
  readonly pick: <Value>(values: readonly Value[]) => Value;
  readonly number: number;
}

type Operation = (emulator: TestEmulator, choices: Choices) => unknown;

/** Does something with one of the runs, if there is one. */
function withRun(operation: (emulator: TestEmulator, run: Run, choices: Choices) => unknown) {
  return (emulator: TestEmulator, choices: Choices): unknown => {
    const runs = emulator.runs();
    return runs.length === 0 ? undefined : operation(emulator, choices.pick(runs), choices);
  };
}

const operations: Readonly<Record<string, Operation>> = {
  start: (emulator, { number }) => emulator.startRun("", { number, text: "é🙂\n" }),
  startAlso: (emulator) => emulator.startRun("?memory=128"),
  finish: withRun((emulator, { id }, { pick }) => {
    emulator.finish(id, { exitCode: pick([0, 1]), statusMessage: pick(["done", "<b>"]) });
  }),
  abort: withRun((emulator, { id }) => emulator.call(`POST /v2/actor-runs/${id}/abort`)),
  resurrect: withRun((emulator, { id }) => emulator.call(`POST /v2/actor-runs/${id}/resurrect`)),
  update: withRun((emulator, { id }, { number }) =>
    emulator.call(`PUT /v2/actor-runs/${id}`, { json: { statusMessage: `step ${number}` } }),
  ),
  deleteRun: withRun((emulator, { id }) => emulator.call(`DELETE /v2/actor-runs/${id}`)),
  expire: withRun((emulator, { id }) => {
    emulator.expireRun(id);
  }),
  log: withRun((emulator, { id }, { number }) => {
    emulator.log(id, `line ${number}\nanother`);
  }),
  push: withRun((emulator, { defaultDatasetId }, { number }) =>
    emulator.call(`POST /v2/datasets/${defaultDatasetId}/items`, {
      json: [{ number }, { "#hidden": [number, { deep: "中文" }] }],
    }),
  ),
  put: withRun((emulator, { defaultKeyValueStoreId }, { pick, number }) =>
    emulator.call(
      `PUT /v2/key-value-stores/${defaultKeyValueStoreId}/records/${pick(["A", "B"])}`,
      {
        body: Uint8Array.from([number, 0, 255, 10]),
        headers: { "Content-Type": pick(["image/png", "application/octet-stream"]) },
      },
    ),
  ),
  deleteRecord: withRun((emulator, { defaultKeyValueStoreId }) =>
    emulator.call(`DELETE /v2/key-value-stores/${defaultKeyValueStoreId}/records/A`),
  ),
  createTask: (emulator, { number }) =>
    emulator.call("POST /v2/actor-tasks", {
      json: { actId: "janedoe~by-hand", name: `task-${number}`, input: { number } },
    }),
  editTask: (emulator, { number }) =>
    emulator.call("PUT /v2/actor-tasks/~scrape", { json: { input: { edited: number } } }),
  deleteTask: async (emulator, { pick }) => {
    const { data } = await emulator.call<{ items: { id: string; name: string }[] }>(
      "GET /v2/actor-tasks",
    );
    const created = data.items.filter(({ name }) => name.startsWith("task-"));
    if (created.length > 0) await emulator.call(`DELETE /v2/actor-tasks/${pick(created).id}`);
  },
  addBuild: (emulator, { number, pick }) => {
    emulator.addBuild("janedoe~by-hand", { number: `0.2.${number}`, tags: pick([[], ["latest"]]) });
  },
  namedDataset: (emulator, { pick }) =>
    emulator.call(`POST /v2/datasets?name=${pick(["prices", "shops"])}`),
  renameDataset: (emulator, { number }) =>
    emulator.call("PUT /v2/datasets/~prices", { json: { title: `title ${number}` } }),
  deleteDataset: (emulator) => emulator.call("DELETE /v2/datasets/~shops"),
  limits: (emulator, { number }) =>
    emulator.call("PUT /v2/users/me/limits", { json: { maxMonthlyUsageUsd: 100 + number } }),
};

/** All that the API tells of janedoe's data, without what depends on the emulator's address or is a count of requests. */
async function dataOf(emulator: TestEmulator): Promise<unknown> {
  const texts: string[] = [];
  const read = async (path: string): Promise<{ items?: { id: string }[] }> => {
    const { text, data } = await emulator.call<{ items?: { id: string }[] }>(`GET ${path}`);
    texts.push(`${path}\n${text}`);
    return data;
  };
  for (const list of [
    "actor-tasks",
    "actor-runs",
    "datasets?unnamed=1",
    "key-value-stores?unnamed=1",
  ]) {
    const [kind = ""] = list.split("?");
    for (const { id } of (await read(`/v2/${list}`)).items ?? []) {
      await read(`/v2/${kind}/${id}`);
      if (kind === "datasets") await read(`/v2/datasets/${id}/items`);
      if (kind === "actor-runs") await read(`/v2/actor-runs/${id}/log`);
      if (kind !== "key-value-stores") continue;
      const keys = (await read(`/v2/key-value-stores/${id}/keys`)).items as unknown as {
        key: string;
      }[];
      for (const { key } of keys) await read(`/v2/key-value-stores/${id}/records/${key}`);
    }
  }
  await read("/v2/actors/janedoe~by-hand/builds");
  await read("/v2/users/me/limits");
  return texts
    .join("\n")
    .replaceAll(emulator.url, "URL")
    .replaceAll(/"(accessedAt|migrationCount|writeCount|deleteCount|readCount)": .*/g, "")
    .replaceAll(/.*The local Apify was restarted.*\n/g, "");
}
