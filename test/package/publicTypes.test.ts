import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

/** The declaration files that one of them reaches by relative imports, itself included. */
function reachableFrom(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, to] of readFileSync(file, "utf8").matchAll(/(?:from |import\()"(\.[^"]*)"/g)) {
    reachableFrom(`${join(dirname(file), to ?? "")}.d.ts`, seen);
  }
  return seen;
}

describe("the types that a user's program reads", () => {
  for (const entry of ["dist/index.d.ts", "dist/nativeIndex.d.ts", "dist/emulator/index.d.ts"]) {
    it(`come without zod, or any other package but Pulumi's, in ${entry}`, () => {
      const files = reachableFrom(join(root, entry));
      assert.ok(files.size > 5);
      for (const file of files) {
        const imported = [
          ...readFileSync(file, "utf8").matchAll(/(?:from |import\()"([^".][^"]*)"/g),
        ].map(([, name = ""]) => name);
        const others = imported.filter((name) => !/^(@pulumi\/pulumi$|node:)/.test(name));
        assert.deepEqual(others, [], file);
      }
    });
  }

  describe("in a project of Pulumi's template", () => {
    let folder: string;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), "pulumi-apify-test-"));
      symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");
    });
    after(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    function compile(program: string): string {
      writeFileSync(join(folder, "index.ts"), program);
      // As `pulumi new typescript` wrote it until March 2026.
      const compilerOptions = {
        strict: true,
        outDir: "bin",
        target: "es2016",
        module: "commonjs",
        moduleResolution: "node",
        sourceMap: true,
        experimentalDecorators: true,
        pretty: false,
        noFallthroughCasesInSwitch: true,
        noImplicitReturns: true,
        forceConsistentCasingInFileNames: true,
        types: ["node"],
        typeRoots: [join(root, "node_modules/@types")],
        preserveSymlinks: true,
      };
      const config = { compilerOptions, files: ["index.ts"] };
      writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
      const tsc = join(root, "node_modules/typescript/bin/tsc");
      return spawnSync(process.execPath, [tsc, "--noEmit"], { cwd: folder, encoding: "utf8" })
        .stdout;
    }

    it("are without an error, also when the declarations of packages are checked", () => {
      assert.equal(
        compile(`
          import * as pulumi from "@pulumi/pulumi";
          import * as apify from "pulumi-apify";
          import { startEmulator, type Emulator } from "pulumi-apify/emulator";
          export const local: Promise<Emulator> = startEmulator({
            declaration: { users: [{ username: "janedoe", token: "jane-token" }] },
          });
          const args: apify.TaskRunArgs = { actorTaskId: "janedoe~scrape", input: { depth: 2 } };
          const prices = new apify.TaskRun("prices", args, { customTimeouts: { create: "5m" } });
          export const status: pulumi.Output<string> = prices.status;
          export const message: pulumi.Output<string | undefined> = prices.statusMessage;
          export const run: pulumi.Output<apify.Run> = prices.run;
          export const memory = prices.options.apply((options) => options?.memoryMbytes);
          export const usd: pulumi.Output<apify.RunUsage | undefined> = prices.usageUsd;
          export const ready: pulumi.Output<boolean | undefined> = prices.isContainerServerReady;
          export const events = prices.pricingInfo.apply((info) =>
            info?.pricingModel === "PAY_PER_EVENT" ? Object.keys(info) : []);
          export const items = apify.datasetItems<{ title: string }>(prices.defaultDatasetId, { limit: 2 });
          export const titles = items.apply((all) => all.map(({ title }) => title));`),
        "",
      );
    });

    it("refuse what no output has", () => {
      const problems = compile(`
        import * as apify from "pulumi-apify";
        const prices = new apify.TaskRun("prices", { actorTaskId: "x" });
        export const wrong: number = prices.status;
        export const none = prices.nothing;`);
      assert.match(problems, /Type 'Output<string>' is not assignable to type 'number'/);
      assert.match(problems, /Property 'nothing' does not exist on type 'TaskRun'/);
    });
  });
});
