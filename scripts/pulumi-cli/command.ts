import { spawn } from "node:child_process";

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

const shownLines = 6;

/** Runs a command to its end and returns what it printed; rejects with the end of that if it failed. */
export function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env, timeoutMs }: CommandOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      timeout: timeoutMs,
      stdio: ["ignore", "pipe", "pipe"],
    });
    // Whoever ends this process does not want the command to go on.
    const end = () => child.kill();
    process.once("exit", end);
    let output = "";
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "ENOENT"
          ? new Error(`\`${command}\` is not on PATH`, { cause: error })
          : error,
      );
    });
    child.on("close", (code, signal) => {
      process.off("exit", end);
      if (code === 0) {
        resolve(output.trim());
        return;
      }
      const outcome = signal === null ? `exit code ${code ?? "unknown"}` : `ended by ${signal}`;
      const called = [command, ...args.slice(0, 1)].join(" ");
      reject(new Error(`\`${called}\` failed (${outcome}): ${lastLines(output)}`));
    });
  });
}

function lastLines(output: string): string {
  const lines = output.trim().split("\n");
  return lines.slice(-shownLines).join("\n") || "it printed nothing";
}
