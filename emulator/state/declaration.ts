import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { prettifyError } from "zod";
import { declarationProblems } from "./declarationProblems";
import { declarationShape, limits } from "./declarationSchema";
import { parsedActor } from "./declaredActor";
import type { AccountLimits, ParsedDeclaration } from "./declarationTypes";

/** The limits of an account that declares none. */
export const defaultLimits: AccountLimits = limits.parse({});

/**
 * Checks a declaration; throws one error that lists all its problems.
 *
 * @param source - the name of the declaration in the error
 * @param base - what the folders of Actors are relative to
 */
export function parseDeclaration(
  declaration: unknown,
  source = "declaration",
  base = process.cwd(),
): ParsedDeclaration {
  const { data, error } = declarationShape.safeParse(declaration);
  const issues = [...(error?.issues ?? []), ...declarationProblems(declaration, base)];
  if (data !== undefined && issues.length === 0) {
    return { ...data, actors: data.actors.map((each) => parsedActor(base, each)) };
  }
  throw new Error(`${source} is not valid:\n${prettifyError({ issues })}`);
}

/** Reads a declaration file. Folders of Actors are relative to the folder of the file. */
export function loadDeclaration(file: string): ParsedDeclaration {
  const folder = dirname(resolve(file));
  const declaration = parseDeclaration(parseJson(textOf(file), file), file, folder);
  return {
    ...declaration,
    actors: declaration.actors.map((each) => ({
      ...each,
      cwd: resolve(folder, each.cwd ?? "."),
    })),
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const problem = code === "ENOENT" ? "there is no such file." : message;
    throw new Error(`The declaration ${file} cannot be read: ${problem}`, { cause });
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
}
