import { spawn } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { loadDeclaration, startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import type { PulumiCli } from "../pulumi-cli";
import type { Interruption } from "./interruption";
import type { Printer } from "./printer";

const repository = resolve(__dirname, "../..");

/** The folder of the demo, which is empty when a demo begins. */
export const demoFolder = join(repository, ".cache", "demo");

/** How long the Actor pauses after each package, so that its progress can be seen. */
const pauseSecs = 4;

/** The examples that the demo deploys. */
export type ProjectName = "quickstart" | "consumer";

/** A local Apify, and copies of two Pulumi projects. */
export interface DemoEnvironment {
  readonly emulator: Emulator;
  readonly projectFolder: (project: ProjectName) => string;
  /** The environment variables that lead Pulumi and its programs to the local Apify and the state. */
  readonly settings: Readonly<Record<string, string>>;
  /** Shows a command and runs it in the project's folder; rejects unless it ends as expected. */
  readonly pulumi: (
    project: ProjectName,
    command: string,
    expected?: "succeeds" | "fails",
  ) => Promise<void>;
}

/** Starts the local Apify and copies the projects, so that stack settings stay out of the sources. */
export async function openEnvironment(
  cli: PulumiCli,
  interruption: Interruption,
  printer: Printer,
): Promise<DemoEnvironment> {
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
    APIFY_CONSOLE_URL: emulator.url,
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
    pulumi: async (project, command, expected = "succeeds") => {
      printer.command(project, `pulumi ${command}`);
      const code = await interruption.exitCodeOf(
        spawn(cli.pulumi, wordsOf(command), {
          cwd: projectFolder(project),
          env: environment,
          stdio: "inherit",
        }),
      );
      if ((code === 0) !== (expected === "succeeds")) {
        throw new Error(
          `The demo expected that \`pulumi ${command}\` ${expected}, but its exit code is ${code}.`,
        );
      }
    },
  };
}

/** The users, Actors and tasks of `npm run emulator`, with pauses in the Actor `package-inventory`. */
function declaration(): ReturnType<typeof loadDeclaration> {
  const declared = loadDeclaration(join(repository, "examples/actors.json"));
  const actors = declared.actors.map((actor) =>
    actor.name === "package-inventory" && actor.command !== undefined
      ? { ...actor, command: [...actor.command, String(pauseSecs)] as const }
      : actor,
  );
  return { ...declared, actors };
}

/** The words of a command line, without the single quotes that a shell needs. */
function wordsOf(command: string): readonly string[] {
  return command.split(" ").map((word) => word.replaceAll("'", ""));
}
