import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const root = dirname(dirname(__dirname));

/** A program of an installed package: the package, the program's name in it, its arguments. */
export interface Tool {
  readonly package: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Outcome {
  readonly exitCode: number;
  readonly output: string;
}

/** Runs a tool in this terminal. */
export function runShown(tool: Tool): Promise<Outcome> {
  return run(tool, "inherit");
}

/** Runs a tool and keeps what it prints. */
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

/** A terminal's ^C reaches the child by itself; a signal to this process alone would orphan it. */
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
