import { realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { companions, folderWith, pathFolders, versionOf } from "./binFolder";
import { oldestInstalledVersion } from "./recipe";
import { compareVersions, parseVersion, showVersion } from "./version";
import type { Way } from "./ways";

export function installedWay(path: string | undefined): Way {
  return {
    source: "installed",
    async get() {
      const folders = pathFolders(path);
      const binFolder = await folderWith("pulumi", folders);
      if (binFolder === undefined) throw new Error("there is no `pulumi` on PATH");
      const pulumi = join(binFolder, "pulumi");
      const version = await versionOf(pulumi);
      const tooOld = complainIfTooOld(version);
      if (tooOld !== undefined) throw new Error(`${pulumi} ${tooOld}`);
      // The CLI looks beside the file it was started from, links resolved, and on PATH.
      const besides = [binFolder, dirname(await realpath(pulumi)), ...folders];
      for (const name of companions) {
        if ((await folderWith(name, besides)) === undefined) {
          throw new Error(`${pulumi} comes without \`${name}\`, which a TypeScript program needs`);
        }
      }
      return { pulumi, binFolder, version, source: "installed" };
    },
  };
}

export function complainIfTooOld(version: string): string | undefined {
  const parsed = parseVersion(version);
  if (parsed && compareVersions(parsed, oldestInstalledVersion) >= 0) return undefined;
  const wanted = showVersion(oldestInstalledVersion);
  return `is version ${version}; ${wanted} or newer is needed`;
}
