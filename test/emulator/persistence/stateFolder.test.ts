import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { seededRandom } from "../../../emulator";
import { closeEmulatorsAfterEach, declaration, startTestEmulator } from "../support/emulator";
import { stateFolders } from "./support/stateFolders";
import type { Run } from "../../../emulator";
import type { TestEmulator } from "../support/emulator";

const seed = Number(process.env.PULUMI_APIFY_SEED ?? Math.floor(Math.random() * 2 ** 31));
const operationCount = 120;

describe("an emulator with a folder for its state", () => {
  closeEmulatorsAfterEach();
  const { newFolder, afterKill } = stateFolders();

  it(`has all that it answered after a kill at any moment (seed ${seed})`, async () => {
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
      const next = await afterKill(folder, { startsAt: emulator.clock.now() });
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

  it("does not start without an account that has runs, and loses nothing", async () => {
    const folder = newFolder();
    const first = await startTestEmulator({ stateFolder: folder });
    const { id } = await first.startRun();
    await first.close();
    const declared = { users: declaration.users.slice(1) };
    await assert.rejects(
      startTestEmulator({ stateFolder: folder, declaration: declared }),
      /data of the account "janedoe", which is not declared/,
    );
    const next = await startTestEmulator({ stateFolder: folder });
    assert.equal(next.run(id)?.id, id);
  });

  it("makes git ignore the folder, if it was missing or empty", async () => {
    const [missing, empty, used] = [newFolder(), newFolder(), newFolder()];
    for (const folder of [empty, used]) mkdirSync(folder);
    writeFileSync(join(used, "notes.txt"), "");
    for (const stateFolder of [missing, empty, used]) await startTestEmulator({ stateFolder });
    for (const folder of [missing, empty]) {
      assert.equal(readFileSync(join(folder, ".gitignore"), "utf8"), "*\n");
    }
    assert.equal(existsSync(join(used, ".gitignore")), false);
  });

  it("cannot share the folder with another one", async () => {
    const folder = newFolder();
    const first = await startTestEmulator({ stateFolder: folder });
    await assert.rejects(startTestEmulator({ stateFolder: folder }), /Another emulator/);
    await first.close();
    await startTestEmulator({ stateFolder: folder });
  });
});

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
