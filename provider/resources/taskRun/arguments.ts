import { z } from "zod";
import { flag, seconds, unexpectedProperty } from "./arguments/common";
import { input } from "./arguments/input";
import { cron, timeZone } from "./arguments/schedule";
import { schemas } from "./arguments/schemas";
import { webhook } from "./arguments/webhook";

/**
 * What a change of an argument does:
 * - `reruns`: starts another run.
 * - `takesOver`: takes over the run that the new value names.
 * - `reevaluates`: compares the last run with the new value, and starts another run if it does not satisfy it.
 * - `nextRun`: starts no run, and takes effect at the next one.
 * - `stored`: starts no run; the value must reach the state, from which a later refresh or delete reads it.
 * - `nothing`: starts no run; the value matters only to the deployment that it is given to.
 */
export type ChangeEffect =
  "reruns" | "takesOver" | "reevaluates" | "nextRun" | "stored" | "nothing";

/** What kind of value an argument has, as far as every version of this package can rely on it. */
export type Kind = "string" | "number" | "boolean" | "list" | "object";

interface ArgumentRow {
  readonly schema: z.ZodType;
  readonly kind: Kind;
  readonly change: ChangeEffect;
}

const webhooks = z.array(webhook, { error: "must be a list of webhooks" });

/**
 * The one definition of the arguments of a TaskRun. Their words are the doc comments of the public
 * `TaskRunArgs`; `tsc` (test/types) and a test keep both the same.
 */
export const argumentTable = {
  actorTaskId: { schema: schemas.actorTaskId, kind: "string", change: "reruns" },
  input: { schema: input.optional(), kind: "object", change: "reruns" },
  build: { schema: schemas.build, kind: "string", change: "reruns" },
  timeoutSecs: { schema: schemas.timeoutSecs, kind: "number", change: "nextRun" },
  memoryMbytes: { schema: schemas.memoryMbytes, kind: "number", change: "nextRun" },
  maxItems: { schema: schemas.maxItems, kind: "number", change: "reruns" },
  maxTotalChargeUsd: { schema: schemas.maxTotalChargeUsd, kind: "number", change: "reruns" },
  restartOnError: { schema: flag.optional(), kind: "boolean", change: "nextRun" },
  webhooks: { schema: webhooks.optional(), kind: "list", change: "nextRun" },
  triggers: { schema: schemas.triggers, kind: "list", change: "reruns" },
  idempotencyKey: { schema: schemas.idempotencyKey, kind: "string", change: "reruns" },
  adoptRunId: { schema: schemas.adoptRunId, kind: "string", change: "takesOver" },
  trackBuild: { schema: flag.optional(), kind: "boolean", change: "reevaluates" },
  trackTask: { schema: flag.optional(), kind: "boolean", change: "reevaluates" },
  maxAgeSecs: { schema: seconds.optional(), kind: "number", change: "reevaluates" },
  cron: { schema: cron.optional(), kind: "string", change: "reevaluates" },
  timeZone: { schema: timeZone.optional(), kind: "string", change: "reevaluates" },
  acceptStatuses: { schema: schemas.acceptStatuses, kind: "list", change: "reevaluates" },
  onFailure: { schema: schemas.onFailure, kind: "string", change: "nothing" },
  waitSecs: { schema: seconds.optional(), kind: "number", change: "nothing" },
  startWaitSecs: { schema: seconds.optional(), kind: "number", change: "nothing" },
  showLog: { schema: flag.optional(), kind: "boolean", change: "nothing" },
  onDelete: { schema: schemas.onDelete, kind: "string", change: "stored" },
  onExpired: { schema: schemas.onExpired, kind: "string", change: "stored" },
  account: { schema: schemas.account, kind: "string", change: "stored" },
} as const satisfies Readonly<Record<string, ArgumentRow>>;

type Table = typeof argumentTable;

/** The name of an argument. */
export type ArgumentName = keyof Table;

/** The names of the arguments of which a change has this effect. */
export type ArgumentsThat<Effect extends ChangeEffect> = {
  [Name in ArgumentName]: Table[Name]["change"] extends Effect ? Name : never;
}[ArgumentName];

/** All argument names. */
export const argumentNames = Object.keys(argumentTable) as readonly ArgumentName[];

/** The arguments of which a change starts no run and takes effect at the next one. */
export const nextRunArguments = argumentsThat("nextRun");

/** The arguments of which a change has to reach the state. */
export const storedArguments = argumentsThat("stored");

/** The shape of the arguments. */
export const argsSchema = z.strictObject(
  Object.fromEntries(argumentNames.map((name) => [name, argumentTable[name].schema])) as {
    [Name in ArgumentName]: Table[Name]["schema"];
  },
  { error: unexpectedProperty("must be an object") },
);

/** The arguments of a TaskRun, checked. */
export type Args = z.infer<typeof argsSchema>;

/** `username/name` is how Apify Console shows a task; the API takes `username~name`. */
export function normalizeTaskId(text: string): string {
  return text.replace("/", "~");
}

function argumentsThat<Effect extends ChangeEffect>(
  effect: Effect,
): readonly ArgumentsThat<Effect>[] {
  const isOne = (name: ArgumentName): name is ArgumentsThat<Effect> =>
    argumentTable[name].change === effect;
  return argumentNames.filter(isOne);
}
