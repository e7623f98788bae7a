import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { actor, parsedActor, runOptions } from "./declaredActor";
import { id, name } from "./names";
import { refusal } from "./refusal";
import type { inputSchema } from "./declaredActor";

const object = z.record(z.string(), z.unknown());

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

const wholeNumber = z.number().int().min(0).nullable().optional();

/** Kept, but without effect: there are no standby Actors here. */
const actorStandby = z.object({
  isEnabled: z.boolean().nullable().optional(),
  desiredRequestsPerActorRun: wholeNumber,
  maxRequestsPerActorRun: wholeNumber,
  idleTimeoutSecs: wholeNumber,
  build: z.string().nullable().optional(),
  memoryMbytes: wholeNumber,
  disableStandbyFieldsOverride: z.boolean().nullable().optional(),
  shouldPassActorInput: z.boolean().nullable().optional(),
});

/** The properties of a task that can be changed; others are ignored. */
export const taskPatch = z.object({
  name: taskName.optional(),
  title: z.string().nullable().optional(),
  description: z.string().nullable().optional(),
  actId: id.optional(),
  input: object.nullable().optional(),
  options: nullableRunOptions.nullable().optional(),
  actorStandby: actorStandby.nullable().optional(),
});

/** New values for any properties of a task. */
export type TaskPatch = z.input<typeof taskPatch>;

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

const task = z.strictObject({
  id: id.optional(),
  username: name,
  name,
  title: z.string().optional(),
  actor: z.string().regex(/^[\w.-]+~[\w.-]+$/, "Name the Actor as username~name."),
  input: object.optional(),
  options: runOptions.optional(),
});

const declarationShape = z.strictObject({
  $schema: z.string().optional(),
  users: z.array(user).min(1),
  actors: z.array(actor).default([]),
  tasks: z.array(task).default([]),
});

/** The checked form of a declaration whose folders are relative to `base`. */
function declarationSchema(base: string) {
  return declarationShape
    .transform(({ actors, ...rest }, context) => ({
      ...rest,
      actors: actors.map((declared, index) =>
        parsedActor(base, declared, (message) => {
          context.addIssue({ code: "custom", path: ["actors", index, "folder"], message });
        }),
      ),
    }))
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
}

/** The users, Actors and tasks of an emulator, as a caller writes them. */
export type Declaration = z.input<typeof declarationShape>;

/** A declaration with its defaults. */
export type ParsedDeclaration = z.output<ReturnType<typeof declarationSchema>>;

/** Run options of a task or an Actor. */
export type DeclaredRunOptions = z.output<typeof runOptions>;

/** The part of an Actor's input schema that the emulator checks. */
export type InputSchema = z.output<typeof inputSchema>;

/** The limits of an account. */
export type AccountLimits = z.output<typeof limits>;

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
  const parsed = declarationSchema(base).safeParse(declaration);
  if (parsed.success) return parsed.data;
  throw new Error(`${source} is not valid:\n${z.prettifyError(parsed.error)}`);
}

/** Reads a declaration file. Folders of Actors are relative to the folder of the file. */
export function loadDeclaration(file: string): ParsedDeclaration {
  const folder = dirname(resolve(file));
  const declaration = parseDeclaration(parseJson(readFileSync(file, "utf8"), file), file, folder);
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
