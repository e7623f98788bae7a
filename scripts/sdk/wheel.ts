import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runCommand } from "../pulumi-cli/command";
import { root } from "../testing/tool";
import { generateSdk } from "./generate";
import { createVenv } from "./python";

/** Makes the wheel of the Python package in a folder, and returns its path. */
export async function makeWheel(folder: string): Promise<string> {
  const temporary = mkdtempSync(join(tmpdir(), "pulumi-apify-wheel-"));
  try {
    const sources = join(temporary, "sources");
    await generateSdk("python", sources);
    // The generator puts the README into the package, and names the one beside pyproject.toml.
    cpSync(join(sources, "pulumi_apify/README.md"), join(sources, "README.md"));
    cpSync(join(root, "LICENSE"), join(sources, "LICENSE"));
    const python = await createVenv(join(temporary, "venv"), []);
    const made = join(temporary, "made");
    await runCommand(python, ["-m", "pip", "wheel", "--no-deps", "--wheel-dir", made, sources]);
    const [wheel = ""] = readdirSync(made);
    cpSync(join(made, wheel), join(folder, wheel));
    return resolve(folder, wheel);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
