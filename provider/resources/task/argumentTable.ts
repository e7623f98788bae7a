import { z } from "zod";
import { account, flag, unexpectedProperty } from "../argumentSchemas/common";
import { inputSchema } from "../argumentSchemas/input";
import { runOptionSchemas } from "../argumentSchemas/runOptions";
import type { Kind } from "../usableArguments";

/** What a change of an argument does. The state records every argument in any case. */
export type ChangeRule =
  /** Replaces the task: Apify cannot move a task to another Actor. */
  | "replaces"
  /** Takes over the task that the new value names. */
  | "adopts"
  /** Changes the task. */
  | "updates"
  /** Changes nothing at Apify; a later refresh or delete reads the value from the state. */
  | "updatesState";

interface ArgumentRow {
  readonly schema: z.ZodType;
  readonly kind: Kind;
  readonly change: ChangeRule;
}

const idPattern = /^([A-Za-z0-9]+|[A-Za-z0-9._-]+[~/][A-Za-z0-9._-]+)$/;

const actorForm = 'the id of an Actor or "username/actor-name", for example "apify/web-scraper"';

const text = (what: string) => z.string({ error: `must be a string, the ${what} of the task` });

const wholeNumber = (unit: string) =>
  z
    .int({ error: `must be a whole number of ${unit}` })
    .min(0, { error: `must be 0 or more ${unit}` })
    .optional();

const actorStandby = z.strictObject(
  {
    isEnabled: flag.optional(),
    desiredRequestsPerActorRun: wholeNumber("requests"),
    maxRequestsPerActorRun: wholeNumber("requests"),
    idleTimeoutSecs: wholeNumber("seconds"),
    build: z.string({ error: "must be a build tag or number in quotes" }).optional(),
    memoryMbytes: wholeNumber("megabytes"),
    disableStandbyFieldsOverride: flag.optional(),
    shouldPassActorInput: flag.optional(),
  },
  { error: unexpectedProperty('must be an object such as { "isEnabled": true }') },
);

const schemas = {
  actorId: z
    .string({ error: `is required: ${actorForm}` })
    .regex(idPattern, { error: `must be ${actorForm}` }),
  name: z
    .string({ error: "must be a string, the name of the task" })
    .regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{1,61})[A-Za-z0-9]$/, {
      error:
        "must have 3 to 63 characters: letters, digits and hyphens, with no hyphen at the beginning or end",
    })
    .optional(),
  title: text("title").optional(),
  description: text("description").optional(),
  input: inputSchema("the input that the task saves").optional(),
  options: z
    .strictObject(runOptionSchemas("omit it for no limit"), {
      error: unexpectedProperty('must be an object such as { "memoryMbytes": 1024 }'),
    })
    .optional(),
  actorStandby: actorStandby.optional(),
  onDelete: z
    .enum(["delete", "keep"], {
      error: 'must be "delete" (delete the task; its runs stay) or "keep" (leave it on Apify)',
    })
    .optional(),
  adoptTaskId: z
    .string({ error: "must be the id of a task" })
    .regex(/^[A-Za-z0-9]+$/, {
      error:
        "must be the id of a task, letters and digits only: the last part of its link in Apify Console",
    })
    .optional(),
};

/**
 * The arguments of a Task: the one definition of their shapes, and what a change does. The doc comments of
 * the public `TaskArgs` describe them; `tsc` (test/types) and a test keep the two in step.
 */
export const argumentTable = {
  actorId: { schema: schemas.actorId, kind: "string", change: "replaces" },
  name: { schema: schemas.name, kind: "string", change: "updates" },
  title: { schema: schemas.title, kind: "string", change: "updates" },
  description: { schema: schemas.description, kind: "string", change: "updates" },
  input: { schema: schemas.input, kind: "object", change: "updates" },
  options: { schema: schemas.options, kind: "object", change: "updates" },
  actorStandby: { schema: schemas.actorStandby, kind: "object", change: "updates" },
  adoptTaskId: { schema: schemas.adoptTaskId, kind: "string", change: "adopts" },
  onDelete: { schema: schemas.onDelete, kind: "string", change: "updatesState" },
  account: { schema: account, kind: "string", change: "updatesState" },
} as const satisfies Readonly<Record<string, ArgumentRow>>;

type Table = typeof argumentTable;

/** The name of an argument. */
export type ArgumentName = keyof Table;

/** All argument names. */
export const argumentNames = Object.keys(argumentTable) as readonly ArgumentName[];

/** The shape of the arguments. */
export const argsSchema = z.strictObject(
  Object.fromEntries(argumentNames.map((name) => [name, argumentTable[name].schema])) as {
    [Name in ArgumentName]: Table[Name]["schema"];
  },
  { error: unexpectedProperty("must be an object") },
);

/** The arguments of a Task, as declared and validated. */
export type Args = z.infer<typeof argsSchema>;
