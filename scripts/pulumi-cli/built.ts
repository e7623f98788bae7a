import { chmod, copyFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fillCache, type Cache } from "./cache";
import { runCommand } from "./command";
import { cachesFor, ownGoCaches, type GoCaches } from "./goCaches";
import { say, withProgress } from "./progress";
import {
  buildEnvironment,
  buildFlags,
  cliBinary,
  cliVersion,
  hostBinary,
  launcherModule,
  type GoBinary,
} from "./recipe";
import type { Way } from "./ways";

/** Go itself waits without end for a module server that accepts a connection and never answers. */
const stepTimeoutMs = 60 * 60_000;

export function builtWay(cache: Cache): Way {
  return {
    source: "built",
    async get() {
      await runCommand("go", ["version"]);
      say(
        `building the Pulumi CLI ${cliVersion} from its source, once; it is kept in ${cache.folder}`,
      );
      return fillCache(cache, "built", async (root) => {
        const binFolder = join(root, "bin");
        const temporary = join(root, "go");
        const caches = await cachesFor(await ownGoCaches(), temporary);
        await withProgress(
          "step 1 of 2, downloading its Go modules (up to 3 minutes)",
          async () => {
            for (const binary of [hostBinary, cliBinary]) await download(binary, caches);
          },
        );
        await withProgress(
          "step 2 of 2, building it (5 minutes with 2 processors, up to 20 if they are busy)",
          async () => {
            for (const binary of [hostBinary, cliBinary]) await build(binary, binFolder, caches);
          },
        );
        await copyLaunchers(binFolder, caches);
        await rm(temporary, { recursive: true, force: true });
      });
    },
  };
}

/** Modules that the build does not need are not downloaded; what is, can be deleted without Go's help. */
async function download(binary: GoBinary, caches: GoCaches): Promise<void> {
  await go(
    ["list", "-deps", "-f", "", "-modcacherw", ...buildFlags, binary.package],
    binary,
    caches,
  );
}

async function build(binary: GoBinary, binFolder: string, caches: GoCaches): Promise<void> {
  const output = join(binFolder, binary.name);
  const flags = [...buildFlags, "-modcacherw", "-ldflags", binary.linkerFlags, "-o", output];
  await go(["build", ...flags, binary.package], binary, caches);
}

/** Shell scripts, which a module brings without their executable bit. */
async function copyLaunchers(binFolder: string, caches: GoCaches): Promise<void> {
  const moduleDir = await go(["list", "-m", "-f", "{{.Dir}}", launcherModule], cliBinary, caches);
  const dist = join(moduleDir, "nodejs", "dist");
  const launchers = (await readdir(dist)).filter((name) => !name.endsWith(".cmd"));
  for (const name of launchers) {
    const target = join(binFolder, name);
    await copyFile(join(dist, name), target);
    await chmod(target, 0o755);
  }
}

function go(args: readonly string[], binary: GoBinary, caches: GoCaches): Promise<string> {
  return runCommand("go", args, {
    cwd: binary.moduleFolder,
    env: { ...buildEnvironment, ...caches },
    timeoutMs: stepTimeoutMs,
  });
}
