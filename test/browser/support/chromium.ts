import { execFile } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { withLock } from "../../../scripts/pulumi-cli/cache";
import type { Browser } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const fixedPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Nothing that talks to other servers, and no sandbox, which does not work in most containers. */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a headless Chromium with a profile of its own. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: await chromiumPath(), headless: true, args: flags });
}

/**
 * The Chromium of this machine: `CHROMIUM_PATH`, or one that is installed, or Debian's, which root may
 * install.
 *
 * @throws Error that says what to install
 */
async function chromiumPath(): Promise<string> {
  const given = process.env.CHROMIUM_PATH ?? "";
  if (given !== "") {
    if (isProgram(given)) return given;
    throw new Error(`CHROMIUM_PATH is "${given}", which is not a program.`);
  }
  const installed = installedChromium();
  if (installed !== undefined) return installed;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    // apt-get refuses to work beside another one, and test files run in processes of their own.
    await withLock(join(tmpdir(), "pulumi-apify-chromium.lock"), async () => {
      if (installedChromium() === undefined) await installDebians();
    });
  }
  const found = installedChromium();
  if (found !== undefined) return found;
  throw new Error(
    "The tests of the pages need Chromium. Install it (Debian, Ubuntu: sudo apt-get install chromium; " +
      "macOS: brew install --cask google-chrome), or set CHROMIUM_PATH to its program.",
  );
}

function installedChromium(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...fixedPlaces, ...onPath].find(isProgram);
}

async function installDebians(): Promise<void> {
  console.log("Installing Chromium with apt-get, which takes a minute…");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", "chromium"],
  ]) {
    try {
      await promisify(execFile)("apt-get", args, { env });
    } catch (error) {
      const { stderr } = error as { stderr?: string };
      throw new Error(`apt-get ${args.join(" ")} failed: ${stderr ?? String(error)}`, {
        cause: error,
      });
    }
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
