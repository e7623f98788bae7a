import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadDeclaration } from "../../../emulator";
import { checkResponsesOfSuite } from "../support/checkResponses";
import { closeEmulatorsAfterEach, startTestEmulator } from "../support/emulator";
import { actorFolders, minimal } from "./support/actorFolders";

describe("an Actor's folder", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();
  const folders = actorFolders();

  it("gives the Actor its name, its texts, a build with a tag, and default options", async () => {
    const emulator = await folders.start({
      ...minimal,
      ".actor/actor.json": {
        actorSpecification: 1,
        name: "small",
        title: "A small one",
        description: "It does little.",
        version: "1.4",
        buildTag: "beta",
        defaultMemoryMbytes: 512,
        input: { type: "object", schemaVersion: 1, properties: { url: { type: "string" } } },
        storages: { dataset: "./dataset_schema.json" },
      },
    });
    const { data } = await emulator.call("GET /v2/actors/janedoe~small");
    assert.deepEqual([data.title, data.description], ["A small one", "It does little."]);
    const builds = data.taggedBuilds as Record<string, { buildNumber: string }>;
    assert.equal(builds.beta?.buildNumber, "1.4.1");
    const run = await emulator.startRun("?build=beta", { url: "u" });
    assert.equal(run.options.memoryMbytes, 512);
    const wrong = await emulator.call("POST /v2/actor-tasks/~scrape/runs?build=beta", {
      json: { url: 1 },
    });
    assert.equal(wrong.error.type, "invalid-input");
  });

  it("may be relative to the file that declares it", () => {
    folders.write(minimal);
    const file = join(folders.parent(), "actors.json");
    writeFileSync(file, JSON.stringify(folders.declared({ folder: "actor" })));
    const [actor] = loadDeclaration(file).actors;
    assert.deepEqual(
      [actor?.cwd, actor?.name, actor?.command],
      [join(folders.parent(), "actor"), "small", ["node", "main.js"]],
    );
  });

  const schema = (title: string): object => ({ title, properties: { a: { type: "string" } } });
  const places = [
    ".actor/INPUT_SCHEMA.json",
    "INPUT_SCHEMA.json",
    ".actor/input_schema.json",
    "input_schema.json",
  ];
  places.forEach((place, index) => {
    it(`has its input schema in ${place} if it is in no better place`, () => {
      const folder = folders.write({
        ...minimal,
        ...Object.fromEntries(places.slice(index).map((each) => [each, schema(each)])),
      });
      const file = join(folders.parent(), "actors.json");
      writeFileSync(file, JSON.stringify(folders.declared({ folder })));
      assert.equal(loadDeclaration(file).actors[0]?.builds[0]?.inputSchema?.title, place);
    });
  });

  it("has its input schema where actor.json says, relative to .actor", async () => {
    const definition = { ...minimal[".actor/actor.json"], input: "../schemas/input.json" };
    const wanted = { properties: { a: { type: "string" } }, required: ["a"] };
    const files = { ...minimal, ".actor/actor.json": definition, "schemas/input.json": wanted };
    const emulator = await folders.start(files);
    const reply = await emulator.call("POST /v2/actor-tasks/~scrape/runs", { json: {} });
    assert.equal(reply.error.type, "invalid-input");
  });

  it("limits the default memory as actor.json says", async () => {
    const memory = async (limits: object): Promise<number> => {
      const definition = { ...minimal[".actor/actor.json"], ...limits };
      const emulator = await folders.start({ ...minimal, ".actor/actor.json": definition });
      return (await emulator.startRun()).options.memoryMbytes;
    };
    assert.equal(await memory({ maxMemoryMbytes: 512 }), 512);
    assert.equal(await memory({ minMemoryMbytes: 2048 }), 2048);
    assert.equal(await memory({ minMemoryMbytes: 256, maxMemoryMbytes: 4096 }), 1024);
    assert.equal(await memory({ defaultMemoryMbytes: "get(input, 'n', 1) * 1024" }), 1024);
  });

  it("lists all its problems in one error, each with its file, property and remedy", async () => {
    const message = await folders.problems({
      ".actor/actor.json": {
        actorSpecification: 2,
        name: "not a name",
        version: "one",
        maxMemoryMbytes: 100,
        input: "./nowhere.json",
      },
      "package.json": { scripts: {} },
    });
    const file = join(folders.parent(), "actor/.actor/actor.json");
    for (const expected of [
      `${file}: actorSpecification: Set it to 1`,
      `${file}: name: Use letters`,
      `${file}: version: Give two numbers, such as "0.1"`,
      `${file}: maxMemoryMbytes: `,
      `${join(folders.parent(), "actor/package.json")}: scripts.start: Set what starts the Actor`,
      "at actors[0].folder",
    ]) {
      assert.ok(message.includes(expected), `${expected}\n\n${message}`);
    }
  });

  it("is refused if a file is missing or not JSON, or a schema is none", async () => {
    assert.match(await folders.problems({}), /actor\.json is missing\. Create it, or declare/);
    assert.match(
      await folders.problems({ ".actor/actor.json": "{" }),
      /actor\.json cannot be read as JSON/,
    );
    assert.match(
      await folders.problems({ ".actor/actor.json": "[]" }),
      /actor\.json: Write a JSON object/,
    );
    const withInput = { ...minimal[".actor/actor.json"], input: "./nowhere.json" };
    assert.match(
      await folders.problems({ ...minimal, ".actor/actor.json": withInput }),
      /actor\.json: input: There is no file .*\.actor.nowhere\.json/,
    );
    assert.match(
      await folders.problems({ ...minimal, "INPUT_SCHEMA.json": { required: "all" } }),
      /INPUT_SCHEMA\.json: required: /,
    );
  });

  it("leaves nothing for the declaration to say twice", async () => {
    const message = await folders.problems(minimal, { name: "other", title: "Other" });
    assert.match(message, /Remove name, title: the folder's actor\.json says it/);
    assert.match(
      await folders.problems(minimal, { manual: true }),
      /a command, or nothing for npm start/,
    );
  });

  it("or a name must be given to an Actor", async () => {
    const wrong = folders.declared({ manual: true });
    await assert.rejects(startTestEmulator({ declaration: wrong }), /a name or a folder/);
  });
});
