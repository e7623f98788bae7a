import { join, resolve } from "node:path";
import { actorJson, defaultMemory } from "./actorJson";
import { readJsonFile } from "./jsonFile";
import { startCommand } from "./startCommand";
import type { JsonObject } from "../json";
import type { ActorJson } from "./actorJson";
import type { JsonFile } from "./jsonFile";
import type { Command } from "./startCommand";

/** What an Actor's folder says of it. */
export interface ActorFolder {
  readonly definition: ActorJson;
  readonly memoryMbytes: number | undefined;
  /** Not checked; undefined if the folder has none. */
  readonly inputSchema: JsonObject | undefined;
  readonly inputSchemaFile: string;
  readonly command: Command;
}

/**
 * Where an input schema is if actor.json does not say. The first two are documented; Apify's SDK and
 * CLI also look for the others.
 * https://docs.apify.com/platform/actors/development/actor-definition/actor-json
 */
const inputSchemaFiles = [
  ".actor/INPUT_SCHEMA.json",
  "INPUT_SCHEMA.json",
  ".actor/input_schema.json",
  "input_schema.json",
];

/**
 * Reads the folder of an Actor.
 *
 * @param given - the command that starts the Actor, if it is not `npm start`
 * @returns what the folder says, or all of its problems
 */
export function readActorFolder(
  folder: string,
  given: Command | undefined,
): ActorFolder | { readonly problems: readonly string[] } {
  const problems: string[] = [];
  const file = join(folder, ".actor/actor.json");
  const found = readJsonFile(file);
  const definition = definitionOf(file, found, problems);
  const schema = inputSchemaOf(folder, definition?.input, problems);
  const command = given ?? commandOf(folder, problems);
  if (definition === undefined || command === undefined || problems.length > 0) return { problems };
  return {
    definition,
    memoryMbytes: defaultMemory(definition),
    inputSchema: schema?.value,
    inputSchemaFile: schema?.file ?? file,
    command,
  };
}

function definitionOf(
  file: string,
  found: JsonFile | undefined,
  problems: string[],
): ActorJson | undefined {
  if (found === undefined) {
    problems.push(`${file} is missing. Create it, or declare the Actor with name and command.`);
    return undefined;
  }
  if ("problem" in found) {
    problems.push(found.problem);
    return undefined;
  }
  const parsed = actorJson.safeParse(found.value);
  for (const { path, message } of parsed.error?.issues ?? []) {
    problems.push(`${file}: ${path.join(".")}: ${message}`);
  }
  return parsed.data;
}

function inputSchemaOf(
  folder: string,
  input: ActorJson["input"],
  problems: string[],
): { value: JsonObject; file: string } | undefined {
  const definitionFile = join(folder, ".actor/actor.json");
  if (typeof input === "object") return { value: input, file: definitionFile };
  const files =
    input === undefined
      ? inputSchemaFiles.map((each) => join(folder, each))
      : [resolve(folder, ".actor", input)];
  for (const file of files) {
    const found = readJsonFile(file);
    if (found === undefined) continue;
    if ("value" in found) return { value: found.value, file };
    problems.push(found.problem);
    return undefined;
  }
  if (input !== undefined) {
    problems.push(`${definitionFile}: input: There is no file ${files[0] ?? ""}.`);
  }
  return undefined;
}

function commandOf(folder: string, problems: string[]): Command | undefined {
  const file = join(folder, "package.json");
  const found = readJsonFile(file);
  if (found === undefined) {
    problems.push(`${file} is missing. Create it, or declare a command for the folder.`);
    return undefined;
  }
  if ("problem" in found) {
    problems.push(found.problem);
    return undefined;
  }
  const command = startCommand(found.value, process.platform);
  if (command === undefined) {
    problems.push(`${file}: scripts.start: Set what starts the Actor, such as "node src/main.js".`);
  }
  return command;
}
