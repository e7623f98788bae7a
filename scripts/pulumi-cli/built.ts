import { chmod, copyFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fillCache, type Cache } from "./cache";
import { runCommand } from "./command";
import { say, withProgress } from "./progress";
import {
  buildEnvironment,
  buildFlags,
  cliBinary,
  cliVersion,
  hostBinary,
  hostVersion,
  launcherModule,
  type GoBinary,
} from "./recipe";
import type { Way } from "./ways";

/** Go itself waits without end for a module server that accepts a connection and never answers. */
const buildTimeoutMs = 20 * 60_000;

export function builtWay(cache: Cache): Way {
  return {
    source: "built",
    async get() {
      await runCommand("go", ["version"]);
      return fillCache(cache, "built", async (root) => {
        say("building the Pulumi CLI from its Go modules, once; this takes one to four minutes");
        const binFolder = join(root, "bin");
        await withProgress(`building the Node.js language host ${hostVersion}`, () =>
          build(hostBinary, binFolder),
        );
        await withProgress(`building the Pulumi CLI ${cliVersion}`, () =>
          build(cliBinary, binFolder),
        );
        await copyLaunchers(binFolder);
      });
    },
  };
}

async function build(binary: GoBinary, binFolder: string): Promise<void> {
  const output = join(binFolder, binary.name);
  const flags = [...buildFlags, "-ldflags", binary.linkerFlags, "-o", output];
  await runCommand("go", ["build", ...flags, binary.package], {
    cwd: binary.moduleFolder,
    env: buildEnvironment,
    timeoutMs: buildTimeoutMs,
  });
}

/** Shell scripts, which a module brings without their executable bit. */
async function copyLaunchers(binFolder: string): Promise<void> {
  const moduleDir = await runCommand("go", ["list", "-m", "-f", "{{.Dir}}", launcherModule], {
    cwd: cliBinary.moduleFolder,
    env: buildEnvironment,
  });
  const dist = join(moduleDir, "nodejs", "dist");
  const launchers = (await readdir(dist)).filter((name) => !name.endsWith(".cmd"));
  for (const name of launchers) {
    const target = join(binFolder, name);
    await copyFile(join(dist, name), target);
    await chmod(target, 0o755);
  }
}
