import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { cachedFolder, shortHash } from "./cachedFolder";

const run = promisify(execFile);

/**
 * Returns a Python that has the packages of a requirements file. The first call installs them into the project's
 * cache folder.
 *
 * @throws Error if there is no Python 3.11 or the packages cannot be installed
 */
export async function pythonWith(requirements: string): Promise<string> {
  const inFolder = (folder: string): string =>
    process.platform === "win32"
      ? join(folder, "Scripts", "python.exe")
      : join(folder, "bin", "python");
  const name = `python-${shortHash(readFileSync(requirements))}`;
  const filled = await cachedFolder(name, async (folder) => {
    try {
      await run(await findPython(), ["-m", "venv", folder]);
      const pip = ["-m", "pip", "install", "--disable-pip-version-check"];
      await run(inFolder(folder), [...pip, "-r", requirements]);
    } catch (cause) {
      const reason = (cause as Error).message;
      throw new Error(
        "These tests need Python 3.11 or newer, with venv and pip, and pip must be able to install what " +
          `${requirements} names. ${reason}`,
        { cause },
      );
    }
  });
  return inFolder(filled);
}

/** The first command that starts a Python 3. */
async function findPython(): Promise<string> {
  for (const command of ["python3", "python"]) {
    try {
      await run(command, ["-c", "import sys, venv; assert sys.version_info >= (3, 11)"]);
      return command;
    } catch {
      continue;
    }
  }
  throw new Error("Neither python3 nor python is one.");
}
