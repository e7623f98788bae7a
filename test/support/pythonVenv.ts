import { readFileSync } from "node:fs";
import { createVenv, pythonIn } from "../../scripts/sdk/python";
import { cachedFolder, shortHash } from "./cachedFolder";

/**
 * Returns a Python that has the packages of a requirements file. The first call installs them into the project's
 * cache folder.
 *
 * @throws Error if there is no Python 3.11 or the packages cannot be installed
 */
export async function pythonWith(requirements: string): Promise<string> {
  const name = `python-${shortHash(readFileSync(requirements))}`;
  const filled = await cachedFolder(name, async (folder) => {
    try {
      await createVenv(folder, ["-r", requirements]);
    } catch (cause) {
      const reason = (cause as Error).message;
      throw new Error(
        "These tests need Python 3.11 or newer, with venv and pip, and pip must be able to install what " +
          `${requirements} names. ${reason}`,
        { cause },
      );
    }
  });
  return pythonIn(filled);
}
