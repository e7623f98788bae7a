import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { startEmulator } from "./emulator";
import { loadDeclaration } from "./state/declaration";
import type { ParsedDeclaration } from "./state/declaration";

const defaultPort = "8765";
const defaultActorsFile = "examples/actors.json";

/** Nothing reads the recorded requests here, and they must not fill the memory. */
const recording = { maxRequests: 100, maxBodyBytes: 2 ** 20 };

const usage = `Runs a local Apify: its API, tasks and Actors.

Usage: npm run emulator -- [--port ${defaultPort}] [--actors ${defaultActorsFile}]

  --port    port on 127.0.0.1; 0 chooses a free one
  --actors  JSON file that declares the users, Actors and tasks
  --help    shows this text`;

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: defaultPort },
      actors: { type: "string", default: defaultActorsFile },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const declaration = loadDeclaration(resolve(values.actors));
  const emulator = await startEmulator({ declaration, port: portOf(values.port), recording }).catch(
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
      throw new Error(
        `Port ${values.port} is in use. To use a free one: npm run emulator -- --port 0`,
      );
    },
  );
  console.log(greeting(emulator.url, declaration));

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      void emulator.close();
    });
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (text !== "" && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`--port must be a number from 0 to 65535, but is "${text}".`);
}

function greeting(url: string, { users, tasks }: ParsedDeclaration): string {
  const token = users[0]?.token ?? "";
  return [
    `Apify emulator: ${url}`,
    "",
    "Tokens:",
    ...users.map((user) => `  ${user.username}: ${user.token}`),
    "Tasks:",
    ...tasks.map(
      ({ username, name, title, actor }) => `  ${username}~${name}: ${title ?? `Actor ${actor}`}`,
    ),
    "",
    "Connect a program to it:",
    `  export APIFY_API_BASE_URL=${url}`,
    `  export APIFY_TOKEN=${token}`,
    "and run one of the tasks:",
    `  new apify.TaskRun("try", { actorTaskId: "${tasks[0]?.username}~${tasks[0]?.name}" })`,
    "",
    "All data is in memory only. Links to Apify Console do not work.",
    "Ctrl+C ends it.",
  ].join("\n");
}
