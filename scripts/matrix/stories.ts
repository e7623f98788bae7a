import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { startEmulator } from "../../emulator";
import { runCommand } from "../pulumi-cli/command";
import { root } from "../testing/tool";
import { deployedProgram, typedProgram, unitTest } from "./programs";
import type { Emulator } from "../../emulator";
import type { CliBinaries } from "../pulumi-cli/installed";
import type { Shell } from "./programs";
import type { NodeBinary } from "./versions";

/** What is tried together. */
export interface Pair {
  readonly cli: CliBinaries;
  readonly node: NodeBinary;
  /** A `node_modules` with the packed package and one version of `@pulumi/pulumi`. */
  readonly modules: string;
}

/** Everything that is done with a pair, by the name that the table shows when it fails. */
export const stories: Readonly<Record<string, (pair: Pair) => Promise<void>>> = {
  "dynamic provider": (pair) => deploys(pair, "dynamic"),
  "native plugin": (pair) => deploys(pair, "native"),
  "unit test of the dynamic provider": (pair) => isTested(pair, "dynamic"),
  "unit test of the native plugin": (pair) => isTested(pair, "native"),
  types: hasTypes,
};

/** Deploys a program, leaves it alone, changes it, refreshes and destroys it. */
async function deploys(pair: Pair, shell: Shell): Promise<void> {
  const apify = await startApify();
  try {
    await inProject(pair, apify.url, async (pulumi, write) => {
      const up = ["up", "--yes", "--skip-preview"];
      const outputs = async (): Promise<unknown> =>
        JSON.parse(await pulumi(["stack", "output", "--json"]));
      const runs = async (title: string): Promise<void> => {
        write("index.js", deployedProgram(shell, title));
        apify.clearRequests();
        await pulumi(up);
        assert.equal(startsOf(apify), 1, `starts for "${title}"`);
        const node = `v${pair.node.version}`;
        assert.deepEqual(await outputs(), { status: "SUCCEEDED", items: [{ title }], node });
      };
      const changesNothing = async (command: readonly string[]): Promise<void> => {
        apify.clearRequests();
        await pulumi([...command, "--expect-no-changes"]);
        assert.deepEqual(apify.writes(), []);
      };

      await pulumi(["stack", "init", "dev"]);
      await runs("one");
      await changesNothing(up);
      await runs("two");
      await changesNothing(["refresh", "--yes", "--skip-preview"]);
      apify.clearRequests();
      await pulumi(["destroy", "--yes", "--skip-preview"]);
      assert.deepEqual(apify.liveRuns(), []);
      assert.equal(apify.writes().filter(({ method }) => method === "DELETE").length, 1);
    });
  } finally {
    await apify.close();
  }
}

/** Runs a unit test with Pulumi's mocks. */
function isTested(pair: Pair, shell: Shell): Promise<void> {
  return inProject(pair, "http://127.0.0.1:9", async (_, write, folder) => {
    write("test.js", unitTest(shell));
    await runCommand(join(pair.node.binFolder, "node"), ["test.js"], { cwd: folder });
  });
}

/** Has tsc check a program, with the TypeScript of this repository. */
function hasTypes(pair: Pair): Promise<void> {
  return inProject(pair, "http://127.0.0.1:9", async (_, write, folder) => {
    write("index.ts", typedProgram);
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const types = ["--types", "node", "--typeRoots", join(root, "node_modules/@types")];
    const modules = ["--module", "node16", "--moduleResolution", "node16"];
    const flags = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", ...types];
    await runCommand(process.execPath, [tsc, ...flags, ...modules, "index.ts"], { cwd: folder });
  });
}

/** Makes a project, and removes it after the work in it. */
async function inProject(
  { cli, node, modules }: Pair,
  apifyUrl: string,
  work: (
    pulumi: (args: readonly string[]) => Promise<string>,
    write: (name: string, text: string) => void,
    folder: string,
  ) => Promise<void>,
): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "pulumi-apify-matrix-"));
  const folder = join(home, "shop");
  mkdirSync(join(home, "state"));
  mkdirSync(folder);
  symlinkSync(modules, join(folder, "node_modules"), "dir");
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text);
  };
  write("package.json", JSON.stringify({ name: "shop", main: "index.js" }));
  write(
    "Pulumi.yaml",
    "name: shop\nruntime: nodejs\nplugins:\n  providers:\n    - name: apify\n      path: node_modules/pulumi-apify/plugin\n",
  );
  const env = {
    PATH: [node.binFolder, cli.binFolder, process.env.PATH ?? ""].join(delimiter),
    HOME: home,
    PULUMI_HOME: join(home, "home"),
    PULUMI_BACKEND_URL: `file://${join(home, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    APIFY_API_BASE_URL: apifyUrl,
    APIFY_TOKEN: "matrix-token",
  };
  const pulumi = (args: readonly string[]): Promise<string> =>
    runCommand(cli.pulumi, [...args, "--non-interactive"], { cwd: folder, env });
  try {
    await work(pulumi, write, folder);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** A local Apify whose Actor returns the title that it gets. */
function startApify(): Promise<Emulator> {
  return startEmulator({
    declaration: {
      users: [{ username: "janedoe", token: "matrix-token" }],
      actors: [
        {
          username: "janedoe",
          name: "scraper",
          run: ({ input, pushData }) => {
            pushData([{ title: input.title }]);
            return Promise.resolve();
          },
        },
      ],
    },
  });
}

function startsOf(apify: Emulator): number {
  return apify.writes().filter(({ pathname }) => pathname.endsWith("/runs")).length;
}
