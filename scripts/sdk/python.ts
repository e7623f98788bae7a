import { join } from "node:path";
import { runCommand } from "../pulumi-cli/command";

/** The first command that starts a Python that is new enough for everything here. */
async function findPython(): Promise<string> {
  for (const command of ["python3", "python"]) {
    try {
      await runCommand(command, ["-c", "import sys, venv; assert sys.version_info >= (3, 11)"]);
      return command;
    } catch {
      continue;
    }
  }
  throw new Error("Python 3.11 or newer is needed, with venv and pip.");
}

/** The Python of a virtual environment. */
export function pythonIn(venv: string): string {
  return process.platform === "win32"
    ? join(venv, "Scripts", "python.exe")
    : join(venv, "bin", "python");
}

/** Makes a virtual environment with packages, and returns its Python. The arguments are those of `pip install`. */
export async function createVenv(folder: string, packages: readonly string[]): Promise<string> {
  await runCommand(await findPython(), ["-m", "venv", folder]);
  const python = pythonIn(folder);
  const quiet = ["--quiet", "--disable-pip-version-check"];
  if (packages.length > 0)
    await runCommand(python, ["-m", "pip", "install", ...quiet, ...packages]);
  return python;
}
