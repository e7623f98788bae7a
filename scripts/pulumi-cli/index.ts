import { join } from "node:path";
import { builtWay } from "./built";
import { cachedWay, openCache } from "./cache";
import { installedWay } from "./installed";
import { installerWay } from "./installer";
import { withLock } from "./lock";
import { startProgress } from "./progress";
import { obtain, type PulumiCli } from "./ways";

/** Gets a Pulumi CLI by the quickest way open on this machine: see {@link obtain}. */
export async function pulumiCli(): Promise<PulumiCli> {
  const cache = await openCache(process.env);
  return obtain({
    find: [installedWay(process.env.PATH), cachedWay(cache)],
    make: [installerWay(cache), builtWay(cache)],
    exclusively: (work) =>
      withLock(join(cache.folder, "lock"), work, {
        onWait: (holder) =>
          startProgress(
            `waiting for ${holder}, which is getting the Pulumi CLI for both (up to 20 minutes are normal)`,
          ),
      }),
  });
}
