import { resolve } from "node:path";
import { z } from "zod";
import { readActorFolder } from "../actors/actorFolder";
import { id, name } from "./names";
import { pricingInfoSchema } from "./pricingSchema";
import { refusalSchema } from "./refusalSchema";
import type { ActorFunction } from "./actorFunction";
import type { ParsedActor } from "./declarationTypes";

const command = z.tuple([z.string().min(1)], z.string(), {
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
    ...(hasOneProgram ? [] : ["Give an Actor exactly one of folder, command and manual (in a program also run)."]),
  ];
}

/** Reads the folder of an Actor, if it has one. A problem is told, and the result is then of no use. */
export function parsedActor(
  base: string,
  { name: declaredName = "", folder, ...declared }: ShapedActor,
  onProblem: (problem: string) => void,
): ParsedActor {
  const { builds = [{ number: "0.1.1", tags: ["latest"] }] } = declared;
  const asDeclared = { ...declared, name: declaredName, builds };
  if (folder === undefined) return asDeclared;
  const cwd = resolve(base, folder);
  const found = readActorFolder(cwd, declared.command);
  if ("problems" in found) {
    found.problems.forEach(onProblem);
    return asDeclared;
  }
  const schema = inputSchema.optional().safeParse(found.inputSchema);
  for (const { path, message } of schema.error?.issues ?? []) {
    onProblem(`${found.inputSchemaFile}: ${path.join(".")}: ${message}`);
  }
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
        inputSchema: schema.data,
        environmentVariables,
      },
    ],
  };
}
