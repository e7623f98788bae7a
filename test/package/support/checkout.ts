import { execFile } from "node:child_process";
import { cpSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";

/** The top of this repository. */
export const root = join(__dirname, "../../..");

/** What a fresh checkout does not have. */
const made = new Set(["node_modules", "dist", "coverage", ".cache", ".git", ".stryker-tmp"]);

/** Copies the repository as a fresh checkout has it, so that a build in it disturbs nobody. */
export function copyCheckout(folder: string): void {
  cpSync(root, folder, {
    recursive: true,
    filter: (path) => !made.has(basename(path)) && !path.endsWith(".tgz"),
  });
}

/** What a program printed on standard output; rejects with all that it printed when it fails. */
export async function output(
  folder: string,
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const running = promisify(execFile)(program, args, {
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  try {
    return (await running).stdout;
  } catch (error) {
    const { message, stdout } = error as Error & { readonly stdout: string };
    throw new Error(`${message}\n${stdout}`, { cause: error });
  }
}

/** What the lines of a script print, which ends at the first one that fails. */
export function script(
  folder: string,
  text: string,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  return output(folder, "bash", ["--noprofile", "--norc", "-ec", text], environment);
}
