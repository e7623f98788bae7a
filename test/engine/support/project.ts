import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { pulumiCli } from "../../../scripts/pulumi-cli";
import { descendantsOf, kill } from "./processes";
import { apifyModules, shells, typeToken, type Shell } from "../../support/shell";

const repository = resolve(__dirname, "../../..");

/** A text that has not come by then is not the one that the command shows: the test is to say so soon. */
const mostMillisToShow = 100_000;

/** What a command of the CLI did and showed. */
export interface CommandResult {
  readonly code: number;
  /** Standard output and standard error together, as a terminal shows them. */
  readonly output: string;
  /** Standard output alone, where JSON is. */
  readonly stdout: string;
}

/** A command of the CLI that is under way. */
export interface RunningCommand {
  /** Resolves when the output holds `text`; rejects when the command ends without it. */
  shows(text: string): Promise<void>;
  readonly ended: Promise<CommandResult>;
  /** The id of the CLI's process. */
  readonly pid: number;
  /** Sends a signal to the CLI, as ^C does with SIGINT. */
  signal(name: NodeJS.Signals): void;
}

/** One event of the engine, as `--json` and event logs have it; only what the tests look at. */
export interface PreviewStep {
  readonly op: string;
  readonly urn: string;
  readonly replaceReasons?: readonly string[];
}

/** What a preview tells. */
export interface Preview {
  /** The steps that are not "same". */
  readonly steps: readonly PreviewStep[];
  /** The lines that stay under the name of each resource. */
  readonly messages: ReadonlyMap<string, string>;
}

/** A resource of an exported state. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly delete?: boolean;
  readonly external?: boolean;
  readonly retainOnDelete?: boolean;
  readonly initErrors?: readonly string[];
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** A resource of an exported state with the name that the program gives it. */
export interface NamedResource extends StateResource {
  readonly name: string;
}

/** The part of an exported state that the tests look at. */
interface Deployment {
  readonly resources?: readonly StateResource[];
  readonly pending_operations?: readonly {
    readonly type: string;
    readonly resource: StateResource;
  }[];
}

/** Where the state is kept: projects that share one can read each other's stacks. */
export interface Backend {
  readonly folder: string;
  readonly remove: () => void;
}

/** A backend in a folder of its own. */
export function temporaryBackend(): Backend {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-apify-test-"));
  mkdirSync(join(folder, "state"));
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A Pulumi project with one stack, driven by the real CLI. */
export interface Project {
  readonly name: string;
  /** Where its files are. */
  readonly folder: string;
  /** Replaces the program: the body of a CommonJS module in which `apify` and `pulumi` are there. Default: served by the project's shell. */
  program(body: string, servedBy?: Shell): void;
  run(
    args: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ): Promise<CommandResult>;
  /** As `run`, for a test that has something to do meanwhile. */
  start(args: readonly string[], environment?: Readonly<Record<string, string>>): RunningCommand;
  /** As `start`, at a terminal of 100 columns: the output is what the terminal is sent, its own sequences included. */
  atTerminal(args: readonly string[]): RunningCommand;
  /** Runs a script in the project's folder, as a workflow at GitHub does: bash ends at its first error. */
  shell(script: string, environment?: Readonly<Record<string, string>>): Promise<CommandResult>;
  up(...args: readonly string[]): Promise<CommandResult>;
  preview(): Promise<Preview>;
  refresh(...args: readonly string[]): Promise<CommandResult>;
  destroy(...args: readonly string[]): Promise<CommandResult>;
  outputs(): Promise<Record<string, unknown>>;
  /** The TaskRuns in the state, by resource name. */
  taskRuns(): Promise<readonly NamedResource[]>;
  /** The Tasks in the state, in the order in which they were registered. */
  tasks(): Promise<readonly NamedResource[]>;
  /** The operations in the state of which nobody knows how they ended, as `creating prices`. */
  pendingOperations(): Promise<readonly string[]>;
  /** Kills the commands that are still under way, as after a failed test, with all they have started. */
  killAll(): void;
  /** The whole exported state as text. */
  exportState(): Promise<string>;
}

/** Makes a project in `backend`; its environment reaches Apify at `apifyUrl`. */
export async function createProject(options: {
  readonly backend: Backend;
  readonly name?: string;
  /** The folder of `examples/` to copy, in the place of a project without a program. */
  readonly example?: string;
  /** What serves the resources of its programs. Default: the dynamic provider. */
  readonly shell?: Shell;
  readonly environment: Readonly<Record<string, string>>;
}): Promise<Project> {
  const name = options.name ?? "shop";
  const folder = join(options.backend.folder, name);
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"), "dir");
  if (options.example === undefined) writeProject(folder, name);
  else cpSync(join(repository, "examples", options.example), folder, { recursive: true });
  const cli = await pulumiCli();
  const base = {
    PATH: `${cli.binFolder}${delimiter}${process.env.PATH ?? ""}`,
    HOME: options.backend.folder,
    PULUMI_HOME: join(options.backend.folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(options.backend.folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    ...options.environment,
  };
  const underWay = new Set<number>();
  const launch = (
    program: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): RunningCommand => {
    let shown = "";
    let stdout = "";
    const readers = new Set<() => void>();
    const child = spawn(program, args, {
      cwd: folder,
      env: { ...base, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const { pid = 0 } = child;
    underWay.add(pid);
    child.once("exit", () => underWay.delete(pid));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        shown += text;
        for (const read of readers) read();
      });
    }
    child.stdout.on("data", (text: string) => {
      stdout += text;
    });
    const ended = new Promise<CommandResult>((done, fail) => {
      child.once("error", fail);
      child.once("close", (code) => {
        done({ code: code ?? 1, output: shown, stdout });
      });
    });
    const shows = (text: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const fail = (what: string): void => {
          reject(new Error(`pulumi ${what} and did not show "${text}":\n${shown}`));
        };
        const timer = setTimeout(fail, mostMillisToShow, "goes on");
        const read = (): void => {
          if (!shown.includes(text)) return;
          clearTimeout(timer);
          resolve();
        };
        readers.add(read);
        read();
        void ended.then(() => {
          clearTimeout(timer);
          fail("ended");
        });
      });
    const signal = (signalName: NodeJS.Signals): void => void child.kill(signalName);
    return { shows, ended, signal, pid };
  };
  const start: Project["start"] = (args, environment) =>
    launch(cli.pulumi, [...args, "--non-interactive"], environment);
  const run: Project["run"] = (args, environment) => start(args, environment).ended;
  const succeed = async (args: readonly string[]): Promise<string> => {
    const result = await run(args);
    if (result.code !== 0) throw new Error(`pulumi ${args.join(" ")} failed:\n${result.output}`);
    return result.stdout;
  };
  await succeed(["stack", "init", "dev"]);
  const state = async (): Promise<Deployment> =>
    (JSON.parse(await succeed(["stack", "export"])) as { deployment: Deployment }).deployment;
  const resourcesOf = async (type: "Task" | "TaskRun"): Promise<readonly NamedResource[]> =>
    ((await state()).resources ?? [])
      .filter((each) => typesOf(type).includes(each.type))
      .map((resource) => ({ ...resource, name: nameIn(resource.urn) }));

  return {
    name,
    folder,
    program: (body, servedBy = options.shell ?? "dynamic") => {
      const head = `const pulumi = require("@pulumi/pulumi");\nconst apify = require("${apifyModules[servedBy]}");\n`;
      writeFileSync(join(folder, "index.js"), head + body);
    },
    run,
    start,
    atTerminal: (args) =>
      launch("script", ["-qec", `stty cols 100 rows 40; pulumi ${args.join(" ")}`, "/dev/null"], {
        TERM: "xterm-256color",
      }),
    shell: (script, environment) =>
      launch("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], environment).ended,
    up: (...args) => run(["up", "--yes", "--skip-preview", ...args]),
    preview: async () => {
      const text = await succeed(["preview", "--json"]);
      const { steps, diagnostics = [] } = JSON.parse(text.slice(text.indexOf("{"))) as {
        steps: PreviewStep[];
        diagnostics?: { urn: string; message: string }[];
      };
      const messages = new Map<string, string>();
      for (const { urn, message } of diagnostics) {
        messages.set(nameIn(urn), (messages.get(nameIn(urn)) ?? "") + message);
      }
      return { steps: steps.filter((step) => step.op !== "same"), messages };
    },
    refresh: (...args) => run(["refresh", "--yes", "--skip-preview", ...args]),
    destroy: (...args) => run(["destroy", "--yes", "--skip-preview", ...args]),
    outputs: async () =>
      JSON.parse(await succeed(["stack", "output", "--json"])) as Record<string, unknown>,
    taskRuns: async () =>
      (await resourcesOf("TaskRun")).map((resource) => ({
        ...resource,
        outputs: withRun(resource.outputs),
      })),
    tasks: () => resourcesOf("Task"),
    pendingOperations: async () =>
      ((await state()).pending_operations ?? []).map(
        ({ type, resource }) => `${type} ${nameIn(resource.urn)}`,
      ),
    killAll: () => {
      for (const pid of underWay) {
        for (const each of [...descendantsOf(pid).map((child) => child.pid), pid]) kill(each);
      }
    },
    exportState: () => succeed(["stack", "export", "--show-secrets"]),
  };
}

/** The types of a resource in the states of both shells. */
function typesOf(type: "Task" | "TaskRun"): readonly string[] {
  return shells.map((shell) => typeToken(shell, type));
}

/** The name of a resource, from its URN. */
function nameIn(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}

function writeProject(folder: string, name: string): void {
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    `name: ${name}\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nplugins:\n  providers:\n    - name: apify\n      path: node_modules/pulumi-apify/plugin\n`,
  );
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, main: "index.js" }));
}

/** The outputs with the run in readable form, as the class has it; an encrypted one stays as it is. */
function withRun(outputs: StateResource["outputs"]): StateResource["outputs"] {
  const { runJson } = outputs;
  return typeof runJson === "string"
    ? { ...outputs, run: JSON.parse(runJson) as unknown }
    : outputs;
}
