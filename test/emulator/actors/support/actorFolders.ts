import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isTerminal, realClock } from "../../../../emulator";
import { declaration, startTestEmulator } from "../../support/emulator";
import type { Declaration, Run } from "../../../../emulator";
import type { TestEmulator } from "../../support/emulator";

/** The content of files, by their paths; what is no text becomes JSON. */
type Files = Readonly<Record<string, unknown>>;

/** Files of a minimal Actor. */
export const minimal = {
  ".actor/actor.json": { actorSpecification: 1, name: "small", version: "0.0" },
  "package.json": { scripts: { start: "node main.js" } },
  "main.js": "console.log('started')",
};

/** The folders of Actors, all in one that each test has for itself. */
export interface ActorFolders {
  /** The folder around them. */
  readonly parent: () => string;
  /** Writes the files of an Actor; returns its folder, which is `actor` if not said otherwise. */
  readonly write: (files: Files, name?: string) => string;
  /** A declaration of an Actor, with the task `~scrape`. */
  readonly declared: (actor: object, name?: string) => Declaration;
  /** Starts an emulator with an Actor of these files. */
  readonly start: (files: Files, more?: object) => Promise<TestEmulator>;
  /** Runs the Actor. */
  readonly runToEnd: (emulator: TestEmulator) => Promise<{ run: Run; log: string }>;
  /** The message of the error with which the emulator does not start. */
  readonly problems: (files: Files, more?: object) => Promise<string>;
}

/** Creates the folder of each test in the enclosing suite, and removes it. */
export function actorFolders(): ActorFolders {
  let parent: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), "emulator-"));
  });
  afterEach(() => {
    rmSync(parent, { recursive: true });
  });

  const write: ActorFolders["write"] = (files, name = "actor") => {
    const folder = join(parent, name);
    mkdirSync(folder, { recursive: true });
    for (const [path, content] of Object.entries(files)) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    }
    return folder;
  };
  const start: ActorFolders["start"] = (files, more = {}) =>
    startTestEmulator({
      declaration: declared({ folder: write(files), ...more }),
      clock: realClock,
    });
  return {
    parent: () => parent,
    write,
    declared,
    start,
    runToEnd,
    problems: async (files, more) => {
      let message = "";
      await assert.rejects(start(files, more), (error: Error) => {
        message = error.message;
        return true;
      });
      return message;
    },
  };
}

function declared(actor: object, name = "small"): Declaration {
  return {
    users: declaration.users,
    actors: [{ username: "janedoe", ...actor }],
    tasks: [{ username: "janedoe", name: "scrape", actor: `janedoe~${name}` }],
  };
}

async function runToEnd(emulator: TestEmulator): Promise<{ run: Run; log: string }> {
  await emulator.startRun();
  const run = await emulator.whenRun(({ status }) => isTerminal(status));
  return { run, log: (await emulator.call(`GET /v2/logs/${run.id}`)).text };
}
