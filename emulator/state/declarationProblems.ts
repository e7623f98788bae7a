import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { command, readFolder } from "./declaredActor";

/** A problem of a declaration, and where it is. */
export interface DeclarationProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const text = z.string().optional().catch(undefined);
const listOf = <Entry extends z.ZodRawShape>(entry: Entry) =>
  z.array(z.object(entry).nullable().catch(null)).catch([]);

/** What can be read of any declaration: one with wrong properties may have other problems as well. */
const readable = z
  .object({
    users: listOf({ username: text, token: text }),
    actors: listOf({
      username: text,
      name: text,
      folder: text,
      cwd: text,
      command: command.optional().catch(undefined),
    }),
    tasks: listOf({ username: text, name: text, actor: text }),
  })
  .catch({ users: [], actors: [], tasks: [] });

/**
 * The problems of a declaration that do not lie in the form of a single entry: names that are unknown or
 * used twice, and folders.
 */
export function declarationProblems(declaration: unknown, base: string): DeclarationProblem[] {
  const { users, actors, tasks } = readable.parse(declaration);
  const problems: DeclarationProblem[] = [];
  const usernames = new Set(users.map((user) => user?.username));

  let couldReadFolders = true;
  const actorNames = actors.map((declared, index) => {
    const { username, folder, cwd, command: given } = declared ?? {};
    const tell = (property: string, message: string): void => {
      problems.push({ path: ["actors", index, property], message });
    };
    if (cwd !== undefined && !existsSync(resolve(base, cwd))) {
      tell("cwd", `There is no folder ${resolve(base, cwd)}.`);
    }
    if (folder === undefined) return fullName(declared);
    const found = readFolder(resolve(base, folder), given);
    if (!("problems" in found)) return fullName({ username, name: found.definition.name });
    couldReadFolders = false;
    for (const message of found.problems) tell("folder", message);
    return undefined;
  });

  tasks.forEach((task, index) => {
    // An Actor may be of a user without an account here, as those of Apify Store are.
    if (task?.username !== undefined && !usernames.has(task.username)) {
      const message = `No user "${task.username}" is declared.`;
      problems.push({ path: ["tasks", index, "username"], message });
    }
    if (task?.actor !== undefined && !actorNames.includes(task.actor)) {
      const why = couldReadFolders ? "" : ", or its folder cannot be read";
      const message = `No Actor "${task.actor}" is declared${why}.`;
      problems.push({ path: ["tasks", index, "actor"], message });
    }
  });
  return [
    ...problems,
    ...usedTwice(
      ["users", "username"],
      users.map((user) => user?.username),
    ),
    ...usedTwice(
      ["users", "token"],
      users.map((user) => user?.token),
    ),
    ...usedTwice(["actors", "name"], actorNames),
    ...usedTwice(["tasks", "name"], tasks.map(fullName)),
  ];
}

function fullName(
  entry: { username?: string | undefined; name?: string | undefined } | null,
): string | undefined {
  if (entry?.username === undefined || entry.name === undefined) return undefined;
  return `${entry.username}~${entry.name}`;
}

function usedTwice(
  [list, property]: readonly [string, string],
  values: readonly (string | undefined)[],
): DeclarationProblem[] {
  return values.flatMap((value, index) => {
    const first = values.indexOf(value);
    if (value === undefined || first === index) return [];
    const what = property === "token" ? "token" : `name ${value}`;
    return [{ path: [list, index, property], message: `${list}[${first}] has the same ${what}.` }];
  });
}
