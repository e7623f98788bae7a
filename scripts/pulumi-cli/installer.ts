import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fillCache, type Cache } from "./cache";
import { runCommand } from "./command";
import { withProgress } from "./progress";
import { cliVersion } from "./recipe";
import type { Way } from "./ways";

const installerUrl = "https://get.pulumi.com/install.sh";
/** Short, so that a machine without internet soon goes on to the next way. */
const fetchTimeoutMs = 10_000;
const installTimeoutMs = 300_000;

export function installerWay(cache: Cache): Way {
  return {
    source: "installer",
    async get() {
      const script = await fetchInstaller();
      return fillCache(cache, "installer", (root) =>
        withProgress(`installing the Pulumi CLI ${cliVersion} by ${installerUrl}`, async () => {
          const file = join(root, "install.sh");
          await writeFile(file, script);
          const place = ["--no-edit-path", "--install-root", root];
          await runCommand("sh", [file, ...place, "--version", cliVersion], {
            cwd: root,
            timeoutMs: installTimeoutMs,
          });
        }),
      );
    },
  };
}

async function fetchInstaller(): Promise<string> {
  try {
    const response = await fetch(installerUrl, { signal: AbortSignal.timeout(fetchTimeoutMs) });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return await response.text();
  } catch (error) {
    throw new Error(`${installerUrl} could not be fetched: ${innermost(error)}`, { cause: error });
  }
}

/** `fetch` says no more than "fetch failed"; what happened is in its cause. */
function innermost(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : innermost(error.cause);
}
