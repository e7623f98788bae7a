import assert from "node:assert/strict";
import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { startEmulator } from "../../emulator";
import { startEngine } from "../support/engine";
import { startHost } from "../support/host";
import { storedProvider } from "../support/storedProvider";

const run = promisify(execFile);
const root = join(__dirname, "../..");
const pulumi = "@pulumi/pulumi@3.245.0";

describe("the package as users get it", () => {
  let folder: string;
  before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-apify-package-")));
    // Built before the tests; building here would pull dist/ away from tests that run beside.
    const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
    const { stdout } = await run("npm", pack, { cwd: root });
    const [{ filename }] = JSON.parse(stdout) as readonly [{ readonly filename: string }];
    mkdirSync(join(folder, "consumer"));
    write("package.json", JSON.stringify({ name: "consumer", private: true }));
    const tarball = join(folder, filename);
    const flags = ["--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
    await run("npm", ["install", ...flags, tarball, pulumi], { cwd: join(folder, "consumer") });
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function write(name: string, text: string): void {
    writeFileSync(join(folder, "consumer", name), text);
  }

  function node(...args: string[]): string {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: join(folder, "consumer"),
      encoding: "utf8",
    });
    assert.equal(status, 0, stdout + stderr);
    return stdout.trim();
  }

  it("depends on four packages and on the user's own Pulumi", () => {
    const installed = join(folder, "consumer/node_modules/pulumi-apify");
    const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as {
      dependencies: object;
      peerDependencies: object;
    };
    assert.deepEqual(Object.keys(manifest.dependencies), [
      "axios",
      "croner",
      "safe-stable-stringify",
      "zod",
    ]);
    assert.deepEqual(Object.keys(manifest.peerDependencies), ["@pulumi/pulumi"]);
    assert.equal(existsSync(join(installed, "node_modules/@pulumi/pulumi")), false);
  });

  it("is loaded by require", () => {
    write("load.cjs", 'console.log(Object.keys(require("pulumi-apify")).sort().join())');
    assert.equal(node("load.cjs"), "Task,TaskRun,datasetItems,keyValueStoreRecord");
  });

  it("has the same names for the native plugin, and the plugin itself", async () => {
    write("native.cjs", 'console.log(Object.keys(require("pulumi-apify/native")).sort().join())');
    assert.equal(node("native.cjs"), "Task,TaskRun,datasetItems,keyValueStoreRecord");
    // The plugin needs nothing beside it, and says at which port it listens.
    for (const place of ["pulumi-apify/plugin", ".bin"]) {
      const program = join(folder, "consumer/node_modules", place, "pulumi-resource-apify");
      const child = spawn(program, { stdio: ["ignore", "pipe", "inherit"] });
      const [line] = (await once(createInterface(child.stdout), "line")) as [string];
      child.kill();
      assert.match(line, /^\d+$/);
    }
  });

  it("is loaded by import, name by name", () => {
    write(
      "load.mjs",
      `import { TaskRun, datasetItems, keyValueStoreRecord } from "pulumi-apify";
       console.log([TaskRun, datasetItems, keyValueStoreRecord].map((it) => typeof it).join());`,
    );
    assert.equal(node("load.mjs"), "function,function,function");
  });

  it("starts a local Apify, which a program that only deploys does not load", () => {
    write(
      "emulator.cjs",
      `const loaded = () => Object.keys(require.cache).some((file) => file.includes("/dist/emulator/"));
       require("pulumi-apify");
       console.log(loaded());
       const declaration = { users: [{ username: "janedoe", token: "jane-token" }] };
       require("pulumi-apify/emulator").startEmulator({ declaration }).then(async (apify) => {
         const headers = { Authorization: "Bearer jane-token" };
         const response = await fetch(apify.url + "/v2/users/me", { headers });
         console.log((await response.json()).data.username);
         await apify.close();
       });`,
    );
    assert.deepEqual(node("emulator.cjs").split("\n"), ["false", "janedoe"]);
  });

  it("shows nothing but its entry points", () => {
    write(
      "inside.cjs",
      `try { require("pulumi-apify/dist/resources/taskRun/decide.js"); } catch (error) { console.log(error.code); }
       console.log(typeof require("pulumi-apify/dynamic-provider").install);
       console.log(require("pulumi-apify/package.json").name);`,
    );
    assert.deepEqual(node("inside.cjs").split("\n"), [
      "ERR_PACKAGE_PATH_NOT_EXPORTED",
      "function",
      "pulumi-apify",
    ]);
  });

  it("creates a run in the dynamic host", async () => {
    const emulator = await startEmulator({
      declaration: {
        users: [{ username: "janedoe", token: "jane-token" }],
        actors: [{ username: "janedoe", name: "quick", run: () => Promise.resolve() }],
        tasks: [{ username: "janedoe", name: "scrape", actor: "janedoe~quick" }],
      },
    });
    const engine = await startEngine();
    const host = await startHost({
      shell: "dynamic",
      engine: engine.address,
      cwd: join(folder, "consumer"),
    });
    try {
      await host.configure({ "apify:token": "jane-token", "apify:baseUrl": emulator.url });
      const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/apify:TaskRun::prices";
      const __provider = await storedProvider();
      const inputs = { actorTaskId: "janedoe~scrape", __provider, __urn: urn };
      const { id } = await host.create({ urn, inputs, timeoutSecs: 0 });
      assert.equal(emulator.run(id)?.status, "SUCCEEDED");
    } finally {
      await host.end("SIGKILL");
      engine.close();
      await emulator.close();
    }
  });

  // Checking the declarations of every package once is enough: it takes long.
  for (const [moduleKind, moduleResolution, skipLibCheck] of [
    ["node16", "node16", "false"],
    ["esnext", "bundler", "true"],
  ] as const) {
    it(`has types that a strict consumer with moduleResolution ${moduleResolution} can use`, () => {
      const file = `${moduleResolution}.ts`;
      write(
        file,
        `import * as pulumi from "@pulumi/pulumi";
         import { TaskRun, datasetItems, keyValueStoreRecord } from "pulumi-apify";
         import type { Run, TaskRunArgs } from "pulumi-apify";
         import { startEmulator, type ActorFunction, type Emulator } from "pulumi-apify/emulator";
         const actor: ActorFunction = async ({ input, pushData }) => pushData({ title: input.title });
         export const apify: Promise<Emulator> = startEmulator({
           declaration: {
             users: [{ username: "janedoe", token: "jane-token" }],
             actors: [{ username: "janedoe", name: "scraper", run: actor }],
           },
         });
         const args: TaskRunArgs = { actorTaskId: "janedoe~scrape", input: { depth: 2 } };
         const prices = new TaskRun("prices", args, { customTimeouts: { create: "5m" } });
         const old: TaskRun = TaskRun.get("old", prices.runId);
         export const status: pulumi.Output<string> = old.status;
         export const run: pulumi.Output<Run> = prices.run;
         export const items: pulumi.Output<{ title: string }[]> = datasetItems<{ title: string }>(
           prices.defaultDatasetId, { limit: 10, fields: ["title"] });
         export const record = keyValueStoreRecord<number>(prices.defaultKeyValueStoreId, "OUTPUT");
         // @ts-expect-error -- the task is required
         new TaskRun("bad", {});
         // @ts-expect-error -- there is no such policy
         new TaskRun("bad", { actorTaskId: "x", onDelete: "delete" });`,
      );
      const flags = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--target", "es2022"];
      const types = ["--types", "node", "--typeRoots", join(root, "node_modules/@types")];
      const modules = ["--module", moduleKind, "--moduleResolution", moduleResolution];
      const tsc = join(root, "node_modules/typescript/bin/tsc");
      node(tsc, ...flags, ...types, ...modules, "--skipLibCheck", skipLibCheck, file);
    });
  }
});
