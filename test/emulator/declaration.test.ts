import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadDeclaration, startEmulator } from "../../emulator";
import { checkResponsesOfSuite } from "./support/checkResponses";
import { closeEmulatorsAfterEach, declaration, startTestEmulator } from "./support/emulator";
import type { Declaration } from "../../emulator";

const actor = { username: "janedoe", name: "by-hand", manual: true };

async function refusal(changes: object): Promise<string> {
  const wrong = { ...declaration, ...changes } as Declaration;
  let message = "";
  await assert.rejects(startEmulator({ declaration: wrong }), (error: Error) => {
    message = error.message;
    return true;
  });
  return message;
}

describe("a declaration", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  it("needs a user", async () => {
    assert.match(await refusal({ users: [] }), /users/);
  });

  it("must not have unknown properties", async () => {
    assert.match(await refusal({ actors: [{ ...actor, comand: ["x"] }] }), /comand/);
  });

  it("must not name an unknown Actor or user, and one error lists both", async () => {
    const message = await refusal({
      tasks: [{ username: "nobody", name: "t", actor: "janedoe~none" }],
    });
    assert.match(message, /No user "nobody" is declared/);
    assert.match(message, /No Actor "janedoe~none" is declared/);
  });

  it("lists problems of every kind in one error", async () => {
    const task = { username: "janedoe", name: "t", actor: "janedoe~by-hand" };
    const message = await refusal({
      actors: [
        { ...actor, colour: "red" },
        { username: "janedoe", name: "string", command: "node main.js" },
        { username: "janedoe", name: "lost", command: ["node"], cwd: "/no/such/folder" },
        { username: "janedoe", folder: "/no/such/actor" },
        actor,
      ],
      tasks: [task, task, { username: "nobody", name: "u", actor: "janedoe~none" }],
    });
    for (const problem of [
      /"colour"/,
      /No user "nobody" is declared/,
      /Write a list of the program and its arguments.*\n.*actors\[1\]\.command/,
      /no folder .*such.folder/,
      /actor\.json is missing/,
      /actors\[0\] has the same name janedoe~by-hand/,
      /tasks\[0\] has the same name janedoe~t/,
      /No Actor "janedoe~none" is declared, or its folder cannot be read/,
    ]) {
      assert.match(message, problem);
    }
  });

  it("may have an Actor of a user without an account, as those of Apify Store are", async () => {
    const declaration = {
      users: [{ username: "janedoe", token: "t" }],
      actors: [{ username: "apify", name: "web-scraper", manual: true }],
      tasks: [{ username: "janedoe", name: "scrape", actor: "apify~web-scraper" }],
    } as const;
    const emulator = await startEmulator({ declaration });
    await emulator.close();
  });

  it("must declare exactly one way to run each Actor", async () => {
    const ways = /exactly one of folder, command and manual/;
    assert.match(await refusal({ actors: [{ username: "janedoe", name: "by-hand" }] }), ways);
    assert.match(await refusal({ actors: [{ ...actor, command: ["node"] }] }), ways);
  });

  it("may declare how an Actor runs in its builds", async () => {
    const builds = [{ number: "0.1.1", tags: ["latest"], command: ["node", "-e", ""] as const }];
    await startTestEmulator({
      declaration: {
        ...declaration,
        actors: [{ username: "janedoe", name: "by-hand", builds: [...builds] as never }],
      },
    });
  });

  it("results in the same ids in every emulator", async () => {
    const [one, other] = [await startTestEmulator(), await startTestEmulator()];
    const idOf = async (emulator: typeof one): Promise<unknown> =>
      (await emulator.call("GET /v2/actor-tasks/~scrape")).data.id;
    assert.equal(await idOf(one), await idOf(other));
    assert.match(String(await idOf(one)), /^[A-Za-z0-9]{17}$/);
  });

  it("may set ids", async () => {
    const emulator = await startTestEmulator({
      declaration: { ...declaration, actors: [{ ...actor, id: "HDSasDasz78YcAPEB" }] },
    });
    const reply = await emulator.call("GET /v2/actors/HDSasDasz78YcAPEB");
    assert.equal(reply.data.name, "by-hand");
  });
});

describe("a declaration file", () => {
  let folder: string;
  const write = (text: string): string => {
    const file = join(folder, "actors.json");
    writeFileSync(file, text);
    return file;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "emulator-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("runs each Actor in the file's folder, or in one relative to it", () => {
    mkdirSync(join(folder, "there"));
    const actors = [
      { username: "janedoe", name: "here", command: ["node"] },
      { username: "janedoe", name: "there", command: ["node"], cwd: "there" },
    ];
    const loaded = loadDeclaration(write(JSON.stringify({ users: declaration.users, actors })));
    assert.deepEqual(
      loaded.actors.map(({ cwd }) => cwd),
      [folder, join(folder, "there")],
    );
  });

  it("is named in the error if it is not JSON or not valid", () => {
    assert.throws(() => loadDeclaration(write("{")), /actors\.json is not JSON/);
    assert.throws(() => loadDeclaration(write("{}")), /actors\.json is not valid/);
  });
});
