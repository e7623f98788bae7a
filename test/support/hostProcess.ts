import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Shell } from "./shell";

/** The process of a shell, which listens on a port of this machine. */
export interface HostProcess {
  readonly pid: number;
  readonly port: string;
  stderr(): string;
  /** Sends a signal; what is under way may still be answered. */
  signal(signal: NodeJS.Signals): void;
  /** Resolves with how the process ended, when all it wrote has been read. */
  readonly ended: Promise<HostEnd>;
}

/** How a host's process ended. */
export interface HostEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Which process to start, and where. */
export interface HostOptions {
  readonly shell: Shell;
  /** Where the engine is. */
  readonly engine: string;
  /** The folder that the process runs in, and from which it loads packages. */
  readonly cwd: string;
}

/** Starts the process of a shell, as the engine does. */
export async function startHostProcess({ shell, engine, cwd }: HostOptions): Promise<HostProcess> {
  const { PATH = "", HOME = "" } = process.env;
  const env = { PATH, HOME, PULUMI_NODEJS_PROJECT: "shop", PULUMI_NODEJS_STACK: "dev" };
  const [program, ...before] = commands[shell](cwd);
  const child = spawn(program, [...before, engine], { cwd, env });
  const closed = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const [port] = (await Promise.race([
    once(createInterface(child.stdout), "line"),
    closed.then(() => Promise.reject(new Error(`The host did not start:\n${stderr}`))),
  ])) as [string];
  return {
    pid: child.pid ?? 0,
    port,
    stderr: () => stderr,
    signal: (signal) => void child.kill(signal),
    ended: closed.then(([code, signal]) => ({ code, signal })),
  };
}

/** The program of each shell, for packages in this folder. */
const commands = {
  dynamic: (cwd) => [
    process.execPath,
    createRequire(join(cwd, "package.json")).resolve(
      "@pulumi/pulumi/cmd/dynamic-provider/index.js",
    ),
  ],
  native: (cwd) => [join(cwd, "plugin", "pulumi-resource-apify")],
} as const satisfies Record<Shell, (cwd: string) => readonly [string, ...string[]]>;
