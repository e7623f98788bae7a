import { spawn } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { loadDeclaration, startEmulator, type Emulator } from "../../emulator";
import type { PulumiCli } from "../pulumi-cli";
import type { Interruption } from "./interruption";
import type { Narrator } from "./narrator";

const repository = resolve(__dirname, "../..");

/** Where the demo works; each demo begins with an empty one. */
export const demoFolder = join(repository, ".cache", "demo");

/** For how many seconds the Actor pauses between two packages, so that its progress can be watched. */
const pauseSecs = 4;

/** The examples that the demo deploys. */
export type ProjectName = "quickstart" | "consumer";

/** What the demo plays on: a local Apify, and copies of two Pulumi projects. */
export interface Stage {
  readonly emulator: Emulator;
  readonly projectFolder: (project: ProjectName) => string;
  /** The environment variables by which Pulumi and its programs find the local Apify and the state. */
  readonly settings: Readonly<Record<string, string>>;
  /** Shows a command and runs it in the project's folder; rejects unless it ends as told. */
  readonly pulumi: (
    project: ProjectName,
    command: string,
    told?: "succeeds" | "fails",
  ) => Promise<void>;
}

/** Starts the local Apify, and copies the projects so that no stack's settings end up among the sources. */
export async function setStage(
  cli: PulumiCli,
  interruption: Interruption,
  narrator: Narrator,
): Promise<Stage> {
  rmSync(demoFolder, { recursive: true, force: true });
  mkdirSync(join(demoFolder, "state"), { recursive: true });
  const projectFolder = (project: ProjectName): string => join(demoFolder, project);
  for (const project of ["quickstart", "consumer"] as const) {
    cpSync(join(repository, "examples", project), projectFolder(project), { recursive: true });
  }
  const emulator = await startEmulator({ declaration: declaration() });
  const settings = {
    APIFY_API_BASE_URL: emulator.url,
    APIFY_TOKEN: "emulator-token",
    PULUMI_HOME: join(demoFolder, "home"),
    PULUMI_BACKEND_URL: `file://${join(demoFolder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  const environment = {
    ...process.env,
    ...settings,
    PATH: `${cli.binFolder}${delimiter}${process.env.PATH ?? ""}`,
  };
  return {
    emulator,
    projectFolder,
    settings,
    pulumi: async (project, command, told = "succeeds") => {
      narrator.command(project, `pulumi ${command}`);
      const code = await interruption.endOf(
        spawn(cli.pulumi, wordsOf(command), {
          cwd: projectFolder(project),
          env: environment,
          stdio: "inherit",
        }),
      );
      if ((code === 0) !== (told === "succeeds")) {
        throw new Error(
          `The demo expected that \`pulumi ${command}\` ${told}, and its exit code is ${code}.`,
        );
      }
    },
  };
}

/** The users, Actors and tasks of `npm run emulator`, with a task that takes its time. */
function declaration(): ReturnType<typeof loadDeclaration> {
  const declared = loadDeclaration(join(repository, "examples/actors.json"));
  const tasks = declared.tasks.map((task) =>
    task.name === "inventory" ? { ...task, input: { ...task.input, pauseSecs } } : task,
  );
  return { ...declared, tasks };
}

/** The words of a command line; single quotes keep a shell from reading what is in them. */
function wordsOf(command: string): readonly string[] {
  return command.split(" ").map((word) => word.replaceAll("'", ""));
}
