import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isTerminal, loadDeclaration, realClock } from "../../../emulator";
import { checkResponsesOfSuite } from "../support/checkResponses";
import { closeEmulatorsAfterEach, declaration, startTestEmulator } from "../support/emulator";
import type { Declaration, Run } from "../../../emulator";
import type { TestEmulator } from "../support/emulator";

type Files = Record<string, unknown>;

/** Files of a minimal Actor. */
const minimal = {
  ".actor/actor.json": { actorSpecification: 1, name: "small", version: "0.0" },
  "package.json": { scripts: { start: "node main.js" } },
  "main.js": "console.log('started')",
};

describe("an Actor's folder", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();
  let parent: string;

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), "emulator-"));
  });
  afterEach(() => {
    rmSync(parent, { recursive: true });
  });

  const write = (files: Files): string => {
    const folder = join(parent, "actor");
    mkdirSync(folder, { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    }
    return folder;
  };

  const declared = (actor: object, name = "small"): Declaration => ({
    users: declaration.users,
    actors: [{ username: "janedoe", ...actor }],
    tasks: [{ username: "janedoe", name: "scrape", actor: `janedoe~${name}` }],
  });

  const start = (files: Files, more: object = {}): Promise<TestEmulator> =>
    startTestEmulator({
      declaration: declared({ folder: write(files), ...more }),
      clock: realClock,
    });

  const runToEnd = async (emulator: TestEmulator): Promise<{ run: Run; log: string }> => {
    await emulator.startRun();
    const run = await emulator.whenRun(({ status }) => isTerminal(status));
    return { run, log: (await emulator.call(`GET /v2/logs/${run.id}`)).text };
  };

  const problems = async (files: Files, more: object = {}): Promise<string> => {
    let message = "";
    await assert.rejects(start(files, more), (error: Error) => {
      message = error.message;
      return true;
    });
    return message;
  };

  it("gives the Actor its name, its texts, a build with a tag, and default options", async () => {
    const emulator = await start({
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
    write(minimal);
    const file = join(parent, "actors.json");
    writeFileSync(file, JSON.stringify(declared({ folder: "actor" })));
    const [actor] = loadDeclaration(file).actors;
    assert.deepEqual(
      [actor?.cwd, actor?.name, actor?.command],
      [join(parent, "actor"), "small", ["node", "main.js"]],
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
      const folder = write({
        ...minimal,
        ...Object.fromEntries(places.slice(index).map((each) => [each, schema(each)])),
      });
      const file = join(parent, "actors.json");
      writeFileSync(file, JSON.stringify(declared({ folder })));
      assert.equal(loadDeclaration(file).actors[0]?.builds[0]?.inputSchema?.title, place);
    });
  });

  it("has its input schema where actor.json says, relative to .actor", async () => {
    const definition = { ...minimal[".actor/actor.json"], input: "../schemas/input.json" };
    const wanted = { properties: { a: { type: "string" } }, required: ["a"] };
    const files = { ...minimal, ".actor/actor.json": definition, "schemas/input.json": wanted };
    const emulator = await start(files);
    const reply = await emulator.call("POST /v2/actor-tasks/~scrape/runs", { json: {} });
    assert.equal(reply.error.type, "invalid-input");
  });

  it("limits the default memory as actor.json says", async () => {
    const memory = async (limits: object): Promise<number> => {
      const definition = { ...minimal[".actor/actor.json"], ...limits };
      const emulator = await start({ ...minimal, ".actor/actor.json": definition });
      return (await emulator.startRun()).options.memoryMbytes;
    };
    assert.equal(await memory({ maxMemoryMbytes: 512 }), 512);
    assert.equal(await memory({ minMemoryMbytes: 2048 }), 2048);
    assert.equal(await memory({ minMemoryMbytes: 256, maxMemoryMbytes: 4096 }), 1024);
    assert.equal(await memory({ defaultMemoryMbytes: "get(input, 'n', 1) * 1024" }), 1024);
  });

  it("is started with its start script, in the folder", async () => {
    const { run, log } = await runToEnd(
      await start({ ...minimal, "main.js": "console.log('in ' + process.cwd())" }),
    );
    assert.equal(run.status, "SUCCEEDED", log);
    assert.match(log, /Z in .*actor$/m);
  });

  it("is started through npm if its script is more than a call of node", async () => {
    const start1 = "node main.js && node -e \"console.log('second')\"";
    const { run, log } = await runToEnd(
      await start({ ...minimal, "package.json": { scripts: { start: start1 } } }),
    );
    assert.equal(run.status, "SUCCEEDED", log);
    assert.match(log, /Z started\n.*Z second\n/);
  });

  it("ends with the exit code of a script that npm runs", async () => {
    const scripts = { prestart: "node -e 0", start: "node main.js" };
    const { run } = await runToEnd(
      await start({ ...minimal, "main.js": "process.exit(5)", "package.json": { scripts } }),
    );
    assert.deepEqual([run.status, run.exitCode], ["FAILED", 5]);
  });

  it("may be started with a declared command, without a package.json", async () => {
    const files = {
      ".actor/actor.json": minimal[".actor/actor.json"],
      "other.js": "process.exit(7)",
    };
    const { run } = await runToEnd(await start(files, { command: ["node", "other.js"] }));
    assert.equal(run.exitCode, 7);
  });

  it("defines environment variables, which replace none of Apify's, and no secrets", async () => {
    const environmentVariables = { MINE: "yes", APIFY_IS_AT_HOME: "0", PASSWORD: "@password" };
    const { run, log } = await runToEnd(
      await start({
        ...minimal,
        ".actor/actor.json": { ...minimal[".actor/actor.json"], environmentVariables },
        "main.js":
          "const { MINE, APIFY_IS_AT_HOME, PASSWORD } = process.env;" +
          "console.log([MINE, APIFY_IS_AT_HOME, PASSWORD])",
      }),
    );
    assert.equal(run.status, "SUCCEEDED");
    assert.match(log, /\[ 'yes', '1', undefined \]/);
    assert.match(log, /ACTOR: PASSWORD is not set: the emulator does not know its secret/);
  });

  it("says in the log of a failed run that its packages are not installed, and what to do", async () => {
    const dependencies = { "no-such-package": "1", "@nobody/has-this": "1" };
    const { run, log } = await runToEnd(
      await start({
        ...minimal,
        "package.json": { scripts: { start: "node main.js" }, dependencies },
        "main.js": "require('no-such-package')",
      }),
    );
    const hint =
      "These packages are not installed: no-such-package, @nobody/has-this. " +
      `In ${join(parent, "actor")} run: npm install`;
    assert.deepEqual([run.status, run.exitCode, run.statusMessage], ["FAILED", 1, hint]);
    assert.ok(log.includes(hint), log);
  });

  it("says nothing of packages that are installed, in the folder or above it", async () => {
    const { run } = await runToEnd(
      await start({
        ...minimal,
        "package.json": {
          scripts: { start: "node main.js" },
          dependencies: { one: "1", two: "1" },
        },
        "node_modules/one/package.json": "{}",
        "../node_modules/two/package.json": "{}",
        "main.js": "process.exit(1)",
      }),
    );
    assert.equal(run.statusMessage, "Actor process exited with code 1");
  });

  it("lists all its problems in one error, each with its file, property and remedy", async () => {
    const message = await problems({
      ".actor/actor.json": {
        actorSpecification: 2,
        name: "not a name",
        version: "one",
        maxMemoryMbytes: 100,
        input: "./nowhere.json",
      },
      "package.json": { scripts: {} },
    });
    const file = join(parent, "actor/.actor/actor.json");
    for (const expected of [
      `${file}: actorSpecification: Set it to 1`,
      `${file}: name: Use letters`,
      `${file}: version: Give two numbers, such as "0.1"`,
      `${file}: maxMemoryMbytes: `,
      `${join(parent, "actor/package.json")}: scripts.start: Set what starts the Actor`,
      "at actors[0].folder",
    ]) {
      assert.ok(message.includes(expected), `${expected}\n\n${message}`);
    }
  });

  it("is refused if a file is missing or not JSON, or a schema is none", async () => {
    assert.match(await problems({}), /actor\.json is missing\. Create it, or declare/);
    assert.match(
      await problems({ ".actor/actor.json": "{" }),
      /actor\.json cannot be read as JSON/,
    );
    assert.match(await problems({ ".actor/actor.json": "[]" }), /actor\.json: Write a JSON object/);
    const withInput = { ...minimal[".actor/actor.json"], input: "./nowhere.json" };
    assert.match(
      await problems({ ...minimal, ".actor/actor.json": withInput }),
      /actor\.json: input: There is no file .*\.actor.nowhere\.json/,
    );
    assert.match(
      await problems({ ...minimal, "INPUT_SCHEMA.json": { required: "all" } }),
      /INPUT_SCHEMA\.json: required: /,
    );
  });

  it("leaves nothing for the declaration to say twice", async () => {
    const message = await problems(minimal, { name: "other", title: "Other" });
    assert.match(message, /Remove name, title: the folder's actor\.json says it/);
    assert.match(await problems(minimal, { manual: true }), /a command, or nothing for npm start/);
  });

  it("or a name must be given to an Actor", async () => {
    const wrong = declared({ manual: true });
    await assert.rejects(startTestEmulator({ declaration: wrong }), /a name or a folder/);
  });
});
