import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ownerOf, resourceNameOf, splitHidden } from "../../../provider/engine/hiddenInputs";
import { autoName } from "../../../provider/resources/task/autoName";
import { taskProvider } from "../../../provider/dynamic/dynamicTaskProvider";
import { startEmulator } from "../../../emulator";
import { aDeployment, settings } from "../support/dynamicHost";
import type { Emulator } from "../../../emulator";
import type { TestProvider } from "../support/dynamicHost";

type Properties = Record<string, unknown>;

/** A Task as a version has stored it, and what its program declares. */
interface Stored {
  readonly id: string;
  readonly program: Properties;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/**
 * The states that versions have written: a file a version, never changed again once it is released.
 * `unreleased` has what there is since the last one.
 */
const folder = join(__dirname, "../../fixtures/taskState");
const states = readdirSync(folder).flatMap((file) => {
  const text = readFileSync(join(folder, file), "utf8");
  const resources = Object.entries(JSON.parse(text) as Record<string, Stored>);
  return resources.map(([name, stored]) => ({ what: `${file} (${name})`, stored }));
});

const declared = ["title", "description", "input", "options", "actorStandby"] as const;

/** An Apify that has the stored task, under its id. */
async function withTask({ id, outputs }: Stored): Promise<Emulator> {
  const name = String(outputs.name);
  const emulator = await startEmulator({
    declaration: {
      users: [{ username: "janedoe", token: "jane-token", id: String(outputs.userId) }],
      actors: [
        { username: "janedoe", name: "by-hand", manual: true, id: String(outputs.actId) },
        { username: "janedoe", name: "other", manual: true },
      ],
      tasks: [{ username: "janedoe", name, actor: "janedoe~by-hand", id }],
    },
  });
  const fields = declared.filter((field) => field in outputs);
  emulator.editTask(id, Object.fromEntries(fields.map((field) => [field, outputs[field]])));
  emulator.clearRequests();
  return emulator;
}

describe("a state of a Task that was written by", () => {
  let emulator: Emulator;
  afterEach(() => emulator.close());

  function deployment(): TestProvider {
    const config = {
      "apify:token": "jane-token",
      "apify:baseUrl": emulator.url,
      "apify:consoleUrl": "https://console.example",
    };
    return taskProvider(settings(config), aDeployment()) as TestProvider;
  }

  for (const { what, stored } of states) {
    const { id, program, inputs, outputs } = stored;
    const { hidden } = splitHidden(inputs);
    const writes = (): readonly string[] =>
      emulator.writes().map(({ method, pathname }) => `${method} ${pathname}`);

    it(`${what} means no change, after a refresh as well`, async () => {
      emulator = await withTask(stored);
      const provider = deployment();
      const news = await provider.check(inputs, { ...program, ...hidden });
      assert.deepEqual(news.failures, []);
      const checked = news.inputs as Properties;
      assert.deepEqual(
        { ...checked, fingerprint: undefined },
        { ...inputs, fingerprint: undefined },
      );
      assert.deepEqual(await provider.diff(id, outputs, checked), { changes: false });
      const { props } = await deployment().read(id, outputs);
      assert.deepEqual(
        { ...props, modifiedAt: "", createdAt: "" },
        { ...outputs, modifiedAt: "", createdAt: "" },
      );
      assert.deepEqual(await deployment().diff(id, props, checked), { changes: false });
      assert.deepEqual(writes(), []);
    });

    it(`${what} has the name and the fingerprint of today`, async () => {
      emulator = await withTask(stored);
      const { props } = await deployment().read(id, { __urn: hidden.__urn });
      assert.equal(props.fingerprint, outputs.fingerprint);
      if (program.name !== undefined || program.adoptTaskId !== undefined) return;
      const name = autoName(resourceNameOf(hidden), ownerOf(hidden), undefined);
      assert.equal(outputs.name, name);
    });

    it(`${what} is changed in place, replaced and deleted`, async () => {
      emulator = await withTask(stored);
      const provider = deployment();
      const titled = { ...program, title: "Of today", ...hidden };
      const news = (await provider.check(inputs, titled)).inputs as Properties;
      assert.deepEqual(await provider.diff(id, outputs, news), { changes: true });
      const updated = await provider.update(id, outputs, news);
      assert.equal(updated.outs.title, "Of today");
      assert.equal(updated.outs.fingerprint, outputs.fingerprint);
      const moved = { ...news, actorId: "janedoe~other", actId: undefined };
      const because = { changes: true, replaces: ["actorId"] };
      assert.deepEqual(await provider.diff(id, updated.outs, moved), because);
      await deployment().delete(id, updated.outs);
      const deleted = program.onDelete === "keep" ? [] : [`DELETE /v2/actor-tasks/${id}`];
      assert.deepEqual(writes(), [`PUT /v2/actor-tasks/${id}`, ...deleted]);
    });
  }
});
