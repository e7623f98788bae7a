import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { pricingInfo } from "./pricing";
import { refusal } from "./refusal";
import type { ActorFunction } from "./actorFunction";

const name = z.string().regex(/^[\w.-]+$/, "Use letters, digits, '.', '_' and '-' only.");
const id = z.string().regex(/^[A-Za-z0-9]+$/, "Use letters and digits only.");
const command = z.tuple([z.string().min(1)], z.string());
const actorFunction = z.custom<ActorFunction>(
  (value) => typeof value === "function",
  "Expected a function.",
);
const object = z.record(z.string(), z.unknown());

const runOptions = z.strictObject({
  build: z.string().min(1).optional(),
  timeoutSecs: z.number().min(0).optional(),
  memoryMbytes: z.number().int().min(128).optional(),
  maxItems: z.number().min(0).optional(),
  maxTotalChargeUsd: z.number().min(0).optional(),
  restartOnError: z.boolean().optional(),
});

const option = runOptions.shape;

const nullableRunOptions = z.object({
  build: option.build.nullable(),
  timeoutSecs: option.timeoutSecs.nullable(),
  memoryMbytes: option.memoryMbytes.nullable(),
  maxItems: option.maxItems.nullable(),
  maxTotalChargeUsd: option.maxTotalChargeUsd.nullable(),
  restartOnError: option.restartOnError.nullable(),
});

/** Names in the API. A declaration may use more characters. */
const taskName = z
  .string()
  .min(3, "must be at least 3 characters long")
  .max(63, "must be at most 63 characters long")
  .regex(
    /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
    "must have letters, digits and hyphens only, and no hyphen at its beginning or end",
  );

/** The properties of a task that can be changed; others are ignored. */
export const taskPatch = z.object({
  name: taskName.optional(),
  title: z.string().nullable().optional(),
  description: z.string().nullable().optional(),
  actId: id.optional(),
  input: object.nullable().optional(),
  options: nullableRunOptions.nullable().optional(),
  actorStandby: object.nullable().optional(),
});

/** New values for any properties of a task. */
export type TaskPatch = z.input<typeof taskPatch>;

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
});

const limits = z.strictObject({
  maxMemoryMbytes: z.number().min(0).default(65_536),
  maxConcurrentRuns: z.number().int().min(0).default(256),
  /** Starts are refused when the runs of the month have cost this much. */
  maxMonthlyUsageUsd: z.number().min(0).default(300),
  /** Only shown: the emulator keeps everything. */
  dataRetentionDays: z.number().int().min(1).default(7),
});

const user = z.strictObject({
  id: id.optional(),
  username: name,
  token: z.string().min(1),
  limits: limits.optional(),
  /** The tier whose prices the account pays. */
  pricingTier: z.string().default("FREE"),
  refusal: refusal.optional(),
});

const actor = z
  .strictObject({
    id: id.optional(),
    username: name,
    name,
    title: z.string().optional(),
    command: command.optional(),
    /**
     * The working directory of `command`; in a file it is relative to the folder of the file. It may
     * be any folder: a declaration names programs to run, so it is trusted like a program.
     */
    cwd: z.string().optional(),
    run: actorFunction.optional(),
    manual: z.boolean().optional(),
    builds: z.array(build).default([{ number: "0.1.1", tags: ["latest"] }]),
    defaultRunOptions: runOptions.optional(),
    pricingInfo: pricingInfo.optional(),
    gitBranchName: z.string().optional(),
    refusal: refusal.optional(),
  })
  .refine(hasOneProgram, "Give an Actor exactly one of command, run and manual.");

const task = z.strictObject({
  id: id.optional(),
  username: name,
  name,
  title: z.string().optional(),
  actor: z.string().regex(/^[\w.-]+~[\w.-]+$/, "Name the Actor as username~name."),
  input: object.optional(),
  options: runOptions.optional(),
});

const declarationSchema = z
  .strictObject({
    $schema: z.string().optional(),
    users: z.array(user).min(1),
    actors: z.array(actor).default([]),
    tasks: z.array(task).default([]),
  })
  .superRefine(({ users, actors, tasks }, context) => {
    const usernames = new Set(users.map(({ username }) => username));
    const actorNames = new Set(actors.map((each) => `${each.username}~${each.name}`));
    tasks.forEach((each, index) => {
      if (!usernames.has(each.username)) {
        const message = `No user "${each.username}" is declared.`;
        context.addIssue({ code: "custom", path: ["tasks", index, "username"], message });
      }
      if (!actorNames.has(each.actor)) {
        const message = `No Actor "${each.actor}" is declared.`;
        context.addIssue({ code: "custom", path: ["tasks", index, "actor"], message });
      }
    });
  });

interface DeclaredPrograms {
  readonly command?: unknown;
  readonly run?: unknown;
  readonly manual?: boolean | undefined;
  readonly builds: readonly { readonly command?: unknown; readonly run?: unknown }[];
}

function hasOneProgram({ command, run, manual, builds }: DeclaredPrograms): boolean {
  const given = [command !== undefined, run !== undefined, manual === true].filter(Boolean);
  if (given.length > 0) return given.length === 1;
  return builds.length > 0 && builds.every((each) => (each.command ?? each.run) !== undefined);
}

/** The users, Actors and tasks of an emulator, as a caller writes them. */
export type Declaration = z.input<typeof declarationSchema>;

/** A declaration with its defaults. */
export type ParsedDeclaration = z.output<typeof declarationSchema>;

/** Run options of a task or an Actor. */
export type DeclaredRunOptions = z.output<typeof runOptions>;

/** The part of an Actor's input schema that the emulator checks. */
export type InputSchema = z.output<typeof inputSchema>;

/** The limits of an account. */
export type AccountLimits = z.output<typeof limits>;

/** The limits of an account that declares none. */
export const defaultLimits: AccountLimits = limits.parse({});

/** Checks a declaration; throws one error that lists all its problems. */
export function parseDeclaration(declaration: unknown, source = "declaration"): ParsedDeclaration {
  const parsed = declarationSchema.safeParse(declaration);
  if (parsed.success) return parsed.data;
  throw new Error(`${source} is not valid:\n${z.prettifyError(parsed.error)}`);
}

/** Reads a declaration file. Each Actor's `cwd` is relative to the folder of the file. */
export function loadDeclaration(file: string): ParsedDeclaration {
  const declaration = parseDeclaration(parseJson(readFileSync(file, "utf8"), file), file);
  const folder = dirname(resolve(file));
  return {
    ...declaration,
    actors: declaration.actors.map((each) => ({
      ...each,
      cwd: resolve(folder, each.cwd ?? "."),
    })),
  };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
}
