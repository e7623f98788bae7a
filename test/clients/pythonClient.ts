import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createVenv, pythonIn } from "../../scripts/sdk/python";

const requirements = join(__dirname, "requirements.txt");
const cache = resolve(__dirname, "../../.cache");

/**
 * Returns a Python with Apify's client. The first call installs it into the project's cache folder.
 *
 * @throws Error if there is no Python 3 or the client cannot be installed
 */
export async function pythonWithClient(): Promise<string> {
  const version = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 8);
  const folder = join(cache, `python-${version}`);
  const python = pythonIn(folder);
  const installed = join(folder, "installed");
  if (existsSync(installed)) return python;
  try {
    // What an interrupted installation has left.
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    await createVenv(folder, ["-r", requirements]);
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new Error(
      "The tests of Apify's Python client need Python 3.11 or newer, with venv and pip, and pip must " +
        `be able to install what ${requirements} names. ${reason}`,
      { cause },
    );
  }
  writeFileSync(installed, "");
  return python;
}
