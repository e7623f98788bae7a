import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Options of {@link runCommand}. */
export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMillis?: number;
}

const shownLines = 6;
const maxOutputBytes = 2 ** 28;
const lineEveryMillis = 15_000;
const redrawEveryMillis = 1_000;

/** Runs a command and returns its stdout; rejects with the last lines of its output if it fails. */
export async function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env, timeoutMillis }: CommandOptions = {},
): Promise<string> {
  const running = promisify(execFile)(command, args, {
    cwd,
    env: { ...process.env, ...env },
    timeout: timeoutMillis,
    maxBuffer: maxOutputBytes,
  });
  running.child.stdin?.end();
  // The command must not outlive this process.
  const kill = (): void => {
    running.child.kill();
  };
  process.once("exit", kill);
  try {
    return (await running).stdout.trim();
  } catch (error) {
    const { code, signal, stdout, stderr } = error as CommandError;
    if (code === "ENOENT") throw new Error(`\`${command}\` is not on PATH`, { cause: error });
    const outcome = signal ? `ended by ${signal}` : `exit code ${code ?? "unknown"}`;
    const name = [command, ...args.slice(0, 1)].join(" ");
    throw new Error(`\`${name}\` failed (${outcome}): ${lastLines(stdout + stderr)}`, {
      cause: error,
    });
  } finally {
    process.off("exit", kill);
  }
}

interface CommandError {
  readonly code?: number | string;
  readonly signal?: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

function lastLines(output: string): string {
  return output.trim().split("\n").slice(-shownLines).join("\n") || "it printed nothing";
}

/** Prints a line to stderr: another program may read what the CLI prints to stdout. */
export function say(text: string): void {
  process.stderr.write(`pulumi-cli: ${text}\n`);
}

/** Shows a task and its duration until the returned function is called. */
export function startProgress(task: string): () => void {
  const started = Date.now();
  const redraws = process.stderr.isTTY;
  const show = (): void => {
    const line = `${task}: ${duration(Date.now() - started)}`;
    if (redraws) process.stderr.write(`\rpulumi-cli: ${line}`);
    else say(line);
  };
  show();
  const timer = setInterval(show, redraws ? redrawEveryMillis : lineEveryMillis);
  return () => {
    clearInterval(timer);
    show();
    if (redraws) process.stderr.write("\n");
  };
}

/** Shows progress during long work, so that it does not look stuck. */
export async function withProgress<T>(task: string, work: () => Promise<T>): Promise<T> {
  const stop = startProgress(task);
  try {
    return await work();
  } finally {
    stop();
  }
}

function duration(millis: number): string {
  const seconds = Math.round(millis / 1_000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}
