#!/usr/bin/env node
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { endWithNpx } from "./endWithNpx";
import { greeting } from "./greeting";
import { loadDeclaration, startEmulator } from "./index";
import { portInUse } from "./portInUse";

const defaultPort = "8765";
/** Nothing reads the recorded requests here, and they must not fill the memory. */
const recording = { maxRequests: 100, maxBodyBytes: 2 ** 20 };

const usage = `Runs a local Apify: its API, tasks and Actors.

Usage: npx pulumi-apify emulator [--port ${defaultPort}] [--actors FILE] [--state FOLDER]

  --port    port on 127.0.0.1; 0 chooses a free one
  --actors  JSON file that declares the users, Actors and tasks
            Default: those of the examples in this package
  --state   folder that keeps runs and data when the emulator ends
            Default: none, all data is in memory only
  --help    shows this text`;

main().catch(reportFailure);

function reportFailure(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { ppid } = process;
  const { values, positionals } = givenArguments();
  if (values.help) {
    console.log(usage);
    return;
  }
  const command = positionals.join(" ");
  if (command === "") throw new Error(usage);
  if (command !== "emulator") throw new Error(`There is no command "${command}".\n\n${usage}`);
  if (values.state === "") throw new Error("--state must name a folder, but is empty.");
  const declaration = loadDeclaration(resolve(values.actors ?? exampleActors()));
  const port = portOf(values.port);
  const emulator = await startEmulator({
    declaration,
    port,
    recording,
    ...(values.state === undefined ? {} : { stateFolder: resolve(values.state) }),
  }).catch(async (error: unknown) => {
    const isInUse = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
    throw isInUse ? await portInUse(port, process.argv.slice(2)) : error;
  });
  const { url } = emulator;
  const { platform } = process;
  console.log(greeting({ url, declaration, stateFolder: values.state, platform }));

  const end = (): void => {
    // A process that nobody can kill must not keep this one alive.
    void emulator
      .close()
      .catch(reportFailure)
      .finally(() => process.exit());
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, end);
  endWithNpx(ppid, end);
}

function givenArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        port: { type: "string", default: defaultPort },
        actors: { type: "string" },
        state: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    // What Node.js says after the first sentence does not apply to this command.
    const [problem] = (error as Error).message.split(/\.?\s*\n|\. /);
    throw new Error(`${problem}.\n\n${usage}`, { cause: error });
  }
}

/** The file that declares the Actors of the examples: beside the sources, and in the package. */
function exampleActors(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return join(folder, "examples/actors.json");
}

function portOf(text: string): number {
  const port = Number(text);
  if (text !== "" && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`--port must be a number from 0 to 65535, but is "${text}".`);
}
