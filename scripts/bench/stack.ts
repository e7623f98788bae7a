import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { startEmulator } from "../../emulator";
import { pulumiCli } from "../pulumi-cli";
import { programs } from "./programs";
import type { BenchProgram, ProgramName } from "./programs";

/** What a command took. */
export interface Cost {
  readonly secs: number;
  /** Of all its processes. */
  readonly processorSecs: number;
}

/** Stacks of many resources, one for each program and size. */
export interface BenchStacks {
  /** Runs a command on the stack of a program with so many resources, which it makes first. */
  run(program: ProgramName, count: number, ...args: readonly string[]): Promise<Cost>;
  /** The size of the state, for each resource. */
  stateBytes(program: ProgramName, count: number): Promise<number>;
  close(): Promise<void>;
}

/** Starts a local Apify whose one task does nothing, and the stacks that use it. */
export async function openStacks(): Promise<BenchStacks> {
  const cli = await pulumiCli();
  const emulator = await startEmulator({
    declaration: {
      users: [{ username: "bench", token: "bench-token" }],
      actors: [
        {
          username: "bench",
          name: "noop",
          builds: [{ number: "0.1.1", tags: ["latest"] }],
          run: () => Promise.resolve(),
        },
      ],
      tasks: [
        { username: "bench", name: "noop", actor: "bench~noop", options: { memoryMbytes: 128 } },
      ],
    },
  });
  const folder = mkdtempSync(join(tmpdir(), "pulumi-apify-bench-"));
  const env = {
    ...process.env,
    PATH: `${cli.binFolder}${delimiter}${process.env.PATH ?? ""}`,
    APIFY_TOKEN: "bench-token",
    APIFY_API_BASE_URL: emulator.url,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };

  const pulumi = (cwd: string, args: readonly string[]): Promise<Cost & { stdout: string }> =>
    new Promise((done, fail) => {
      const began = performance.now();
      // bash tells the processor time of all that it has waited for.
      const timed = `TIMEFORMAT="%U %S"; time "$0" "$@" 2>&1`;
      const child = spawn("bash", ["-c", timed, cli.pulumi, ...args, "--non-interactive"], {
        cwd,
        env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      const texts = { stdout: "", stderr: "" };
      for (const name of ["stdout", "stderr"] as const) {
        child[name].setEncoding("utf8").on("data", (text: string) => {
          texts[name] += text;
        });
      }
      child.once("error", fail).once("close", (code) => {
        const secs = (performance.now() - began) / 1000;
        if (code !== 0) fail(new Error(`pulumi ${args.join(" ")} failed:\n${texts.stdout}`));
        const [user = 0, system = 0] = texts.stderr.trim().split(" ").map(Number);
        done({ secs, processorSecs: user + system, stdout: texts.stdout });
      });
    });

  const made = new Map<string, Promise<string>>();
  const projectOf = (program: ProgramName, count: number): Promise<string> => {
    const name = `${program}-${count}`;
    const make = async (): Promise<string> => {
      const project = join(folder, name);
      writeProject(project, name, programs[program], count);
      await pulumi(project, ["stack", "init", "dev"]);
      return project;
    };
    const existing = made.get(name) ?? make();
    made.set(name, existing);
    return existing;
  };

  return {
    run: async (program, count, ...args) => pulumi(await projectOf(program, count), args),
    stateBytes: async (program, count) => {
      const { stdout } = await pulumi(await projectOf(program, count), ["stack", "export"]);
      return Buffer.byteLength(JSON.stringify(JSON.parse(stdout))) / count;
    },
    close: async () => {
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeProject(
  folder: string,
  name: string,
  { head, plugins = "" }: BenchProgram,
  count: number,
): void {
  mkdirSync(folder, { recursive: true });
  symlinkSync(resolve(__dirname, "../../node_modules"), join(folder, "node_modules"), "dir");
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    `name: ${name}\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n${plugins}`,
  );
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, main: "index.js" }));
  writeFileSync(
    join(folder, "index.js"),
    `const pulumi = require("@pulumi/pulumi");${head}
    for (let i = 0; i < ${count}; i++) {
      make("r" + i, { actorTaskId: "bench~noop", input: { i, list: [1, 2, 3] }, build: "latest" });
    }`,
  );
}
