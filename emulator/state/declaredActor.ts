import { resolve } from "node:path";
import { z } from "zod";
import { readActorFolder } from "../actors/actorFolder";
import { id, name } from "./names";
import { pricingInfoSchema } from "./pricingSchema";
import { refusalSchema } from "./refusalSchema";
import type { Command } from "../actors/startCommand";
import type { ActorFunction } from "./actorFunction";
import type { ParsedActor } from "./declarationTypes";

/** A program and its arguments. */
export const command = z.tuple([z.string().min(1)], z.string(), {
  error: 'Write a list of the program and its arguments, such as ["node", "main.js"].',
});
const actorFunction = z.custom<ActorFunction>(
  (value) => typeof value === "function",
  "Expected a function.",
);

/** Run options of a task or an Actor. */
export const runOptions = z.strictObject({
  build: z.string().min(1).optional(),
  timeoutSecs: z.number().int().min(0).optional(),
  memoryMbytes: z.number().int().min(128).optional(),
  maxItems: z.number().int().min(0).optional(),
  maxTotalChargeUsd: z.number().min(0).optional(),
  restartOnError: z.boolean().optional(),
});

const inputSchema = z.looseObject({
  required: z.array(z.string()).optional(),
  properties: z.record(z.string(), z.looseObject({ default: z.unknown().optional() })).optional(),
});

const build = z.strictObject({
  id: id.optional(),
  number: z.string().regex(/^\d+\.\d+\.\d+$/, "Use three numbers, such as 0.1.1."),
  tags: z.array(z.string().min(1)).default([]),
  command: command.optional(),
  run: actorFunction.optional(),
  inputSchema: inputSchema.optional(),
  environmentVariables: z.record(z.string(), z.string()).optional(),
});

/** An Actor as a caller declares it. */
export const actor = z
  .strictObject({
    id: id.optional(),
    username: name,
    name: name.optional(),
    folder: z.string().min(1).optional(),
    title: z.string().optional(),
    description: z.string().optional(),
    command: command.optional(),
    cwd: z.string().optional(),
    run: actorFunction.optional(),
    manual: z.boolean().optional(),
    builds: z.array(build).optional(),
    defaultRunOptions: runOptions.optional(),
    pricingInfo: pricingInfoSchema.optional(),
    gitBranchName: z.string().optional(),
    refusal: refusalSchema.optional(),
  })
  .superRefine((declared, context) => {
    for (const message of actorProblems(declared)) context.addIssue({ code: "custom", message });
  });

type ShapedActor = z.output<typeof actor>;

/** What actor.json says of an Actor, so that a declaration must not. */
const saidByFolder = ["name", "title", "description", "cwd", "builds"] as const;

function actorProblems(declared: ShapedActor): string[] {
  const { folder, command, run, manual, builds = [] } = declared;
  if (folder !== undefined) {
    const twice = saidByFolder.filter((property) => declared[property] !== undefined);
    if (twice.length > 0) return [`Remove ${twice.join(", ")}: the folder's actor.json says it.`];
    return run === undefined && manual === undefined
      ? []
      : ["Give an Actor with a folder a command, or nothing for npm start."];
  }
  const given = [command !== undefined, run !== undefined, manual === true].filter(Boolean);
  const inBuilds = builds.length > 0 && builds.every((each) => each.command ?? each.run);
  const hasOneProgram = given.length === 1 || (given.length === 0 && inBuilds);
  return [
    ...(declared.name === undefined ? ["Give an Actor a name or a folder."] : []),
    ...(hasOneProgram
      ? []
      : ["Give an Actor exactly one of folder, command and manual (in a program also run)."]),
  ];
}

/** An Actor with what its folder says, if it has one; to be called if the folder has no problems. */
export function parsedActor(
  base: string,
  { name: declaredName = "", folder, ...declared }: ShapedActor,
): ParsedActor {
  const { builds = [{ number: "0.1.1", tags: ["latest"] }] } = declared;
  if (folder === undefined) return { ...declared, name: declaredName, builds };
  const cwd = resolve(base, folder);
  const found = readFolder(cwd, declared.command);
  if ("problems" in found) throw new Error(found.problems.join("\n"));
  const { definition, memoryMbytes, command } = found;
  const { name, title, description, version, buildTag, environmentVariables } = definition;
  return {
    ...declared,
    ...{ name, title, description, cwd, command },
    defaultRunOptions: { memoryMbytes, ...declared.defaultRunOptions },
    builds: [
      {
        number: `${version}.1`,
        tags: [buildTag],
        inputSchema: found.inputSchema,
        environmentVariables,
      },
    ],
  };
}

/** Reads the folder of an Actor, and checks its input schema. */
export function readFolder(folder: string, given: Command | undefined) {
  const found = readActorFolder(folder, given);
  if ("problems" in found) return found;
  const schema = inputSchema.optional().safeParse(found.inputSchema);
  if (schema.success) return { ...found, inputSchema: schema.data };
  const problems = schema.error.issues.map(
    ({ path, message }) => `${found.inputSchemaFile}: ${path.join(".")}: ${message}`,
  );
  return { problems };
}
