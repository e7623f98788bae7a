import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ChildProcess, StdioOptions } from "node:child_process";

/** The folder of the repository. */
export const root = dirname(dirname(__dirname));

/** A program of an installed npm package. */
export interface Tool {
  readonly package: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** How a tool ended, and what it printed unless that was shown. */
export interface Outcome {
  readonly exitCode: number;
  readonly output: string;
}

/** Runs a tool and shows its output. */
export function runShown(tool: Tool): Promise<Outcome> {
  return run(tool, "inherit");
}

/** Runs a tool and returns its output. */
export function runCaptured(tool: Tool): Promise<Outcome> {
  return run(tool, ["ignore", "pipe", "pipe"]);
}

function run(tool: Tool, stdio: StdioOptions): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [programFile(tool), ...tool.args], {
      cwd: root,
      env: { ...process.env, ...tool.env },
      stdio,
    });
    const forget = endsWithThisProcess(child);
    let output = "";
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    child.on("error", reject);
    child.on("close", (code) => {
      forget();
      resolve({ exitCode: code ?? 1, output });
    });
  });
}

/** Passes on a signal to this process only. ^C in a terminal reaches the child anyway. */
function endsWithThisProcess(child: ChildProcess): () => void {
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    process.exit(1);
  };
  process.once("SIGTERM", end).once("SIGHUP", end);
  return () => {
    process.off("SIGTERM", end).off("SIGHUP", end);
  };
}

function programFile({ package: name, program }: Tool): string {
  const folder = join(root, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    bin: string | Readonly<Record<string, string>>;
  };
  const file = typeof bin === "string" ? bin : bin[program];
  if (file === undefined) throw new Error(`The package ${name} has no program ${program}.`);
  return join(folder, file);
}
