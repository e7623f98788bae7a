import { resolve } from "node:path";
import type { ParsedDeclaration } from "./state/declarationTypes";

/** What the greeting says of an emulator that has started. */
export interface Greeting {
  readonly url: string;
  readonly declaration: ParsedDeclaration;
  readonly stateFolder: string | undefined;
  /** Decides how a shell sets variables. */
  readonly platform: NodeJS.Platform;
}

/** What the command prints when it has started: tokens, tasks, and how to connect a program. */
export function greeting({ url, declaration, stateFolder, platform }: Greeting): string {
  const { users, tasks } = declaration;
  const [example] = tasks;
  const variables = {
    APIFY_API_BASE_URL: url,
    APIFY_TOKEN: users[0]?.token ?? "",
    APIFY_CONSOLE_URL: url,
  };
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
    ...settingLines(variables, platform),
    ...(example === undefined
      ? []
      : [
          "and run one of the tasks:",
          `  new apify.TaskRun("try", { actorTaskId: "${example.username}~${example.name}" })`,
        ]),
    "",
    `See its runs, their logs and data in a browser: ${url}`,
    stateFolder === undefined
      ? "All data is in memory only; --state FOLDER keeps it."
      : `All data is kept in ${resolve(stateFolder)}.`,
    "Ctrl+C ends it.",
  ].join("\n");
}

/** The lines that set environment variables in a shell, ready to be copied. */
function settingLines(
  variables: Readonly<Record<string, string>>,
  platform: NodeJS.Platform,
): string[] {
  const entries = Object.entries(variables);
  if (platform !== "win32") return entries.map(([name, value]) => `  export ${name}=${value}`);
  // A program cannot tell which of the two shells has started it.
  return [
    "in PowerShell:",
    ...entries.map(([name, value]) => `  $env:${name} = "${value}"`),
    "or in cmd:",
    ...entries.map(([name, value]) => `  set ${name}=${value}`),
  ];
}
