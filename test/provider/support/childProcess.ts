import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import type { ChildProcess } from "node:child_process";

/** A process of Node's own that a test has started. */
export interface Child {
  /** Resolves when it has printed this. */
  printed(text: string): Promise<void>;
  interrupt(): void;
  /** How it ended and all that it printed. */
  readonly over: Promise<{ readonly code: number | null; readonly output: string }>;
}

/** Starts processes for the tests of one `describe`, and ends what is left of them after each test. */
export function testProcesses(): {
  /** Runs a script in the folder of this package; the arguments are `process.argv` from its third item on. */
  readonly runScript: (script: string, ...args: readonly string[]) => Child;
} {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });
  return {
    runScript: (script, ...args) => {
      const child = spawn(process.execPath, ["-r", "tsx/cjs", "-e", script, "a-script", ...args], {
        cwd: resolve(__dirname, "../../.."),
        stdio: ["ignore", "pipe", "pipe"],
      });
      children.push(child);
      let output = "";
      let look = (): void => undefined;
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text: string) => {
          output += text;
          look();
        });
      }
      return {
        printed: (text) =>
          new Promise((done) => {
            look = () => {
              if (output.includes(text)) done();
            };
            look();
          }),
        interrupt: () => {
          child.kill("SIGINT");
        },
        over: once(child, "close").then(([code]: (number | null)[]) => ({
          code: code ?? null,
          output,
        })),
      };
    },
  };
}
