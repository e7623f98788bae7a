import { z } from "zod";
import { account, flag, seconds, unexpectedProperty } from "../argumentSchemas/common";
import { inputSchema } from "../argumentSchemas/input";
import { cron, timeZone } from "./argumentSchemas/schedule";
import { simpleSchemas } from "./argumentSchemas/simpleSchemas";
import { webhook } from "./argumentSchemas/webhook";
import type { Kind } from "../usableArguments";

/** What a change of an argument does. The state records every argument in any case. */
export type ChangeRule =
  /** Starts another run. */
  | "reruns"
  /** Adopts the run that the new value names. */
  | "adopts"
  /** Checks the last run against the new value, and starts another run if it does not satisfy it. */
  | "reevaluates"
  /** Starts no run. The next run, whenever it is started, gets the new value. */
  | "appliesToNextRun"
  /** Starts no run. A change on its own is enough for an update, since a later refresh or delete reads the state. */
  | "updatesState"
  /** Starts no run and needs no update. Each deployment that starts or waits for a run uses its own value. */
  | "appliesToDeployment";

interface ArgumentRow {
  readonly schema: z.ZodType;
  readonly kind: Kind;
  readonly change: ChangeRule;
}

const input = inputSchema("its properties override those of the task's saved input");
const webhooks = z.array(webhook, { error: "must be a list of webhooks" });

/**
 * The arguments of a TaskRun: the one definition of their shapes, and what a change does. `check` reads
 * `appliesToNextRun`, `decide` reads `updatesState`, and `reruns` must be the arguments of `run/intent.ts`. The
 * other rules are for the reference only: `decide` itself says when they cause a rerun. The doc comments of the public
 * `TaskRunArgs` describe the arguments; `tsc` (test/types) and a test keep the two in step.
 */
export const argumentTable = {
  actorTaskId: { schema: simpleSchemas.actorTaskId, kind: "string", change: "reruns" },
  input: { schema: input.optional(), kind: "object", change: "reruns" },
  build: { schema: simpleSchemas.build, kind: "string", change: "reruns" },
  timeoutSecs: { schema: simpleSchemas.timeoutSecs, kind: "number", change: "appliesToNextRun" },
  memoryMbytes: { schema: simpleSchemas.memoryMbytes, kind: "number", change: "appliesToNextRun" },
  maxItems: { schema: simpleSchemas.maxItems, kind: "number", change: "reruns" },
  maxTotalChargeUsd: { schema: simpleSchemas.maxTotalChargeUsd, kind: "number", change: "reruns" },
  restartOnError: {
    schema: simpleSchemas.restartOnError,
    kind: "boolean",
    change: "appliesToNextRun",
  },
  webhooks: { schema: webhooks.optional(), kind: "list", change: "appliesToNextRun" },
  triggers: { schema: simpleSchemas.triggers, kind: "list", change: "reruns" },
  idempotencyKey: { schema: simpleSchemas.idempotencyKey, kind: "string", change: "reruns" },
  adoptRunId: { schema: simpleSchemas.adoptRunId, kind: "string", change: "adopts" },
  trackBuild: { schema: flag.optional(), kind: "boolean", change: "reevaluates" },
  trackTask: { schema: flag.optional(), kind: "boolean", change: "reevaluates" },
  maxAgeSecs: { schema: seconds.optional(), kind: "number", change: "reevaluates" },
  cron: { schema: cron.optional(), kind: "string", change: "reevaluates" },
  timeZone: { schema: timeZone.optional(), kind: "string", change: "reevaluates" },
  acceptStatuses: { schema: simpleSchemas.acceptStatuses, kind: "list", change: "reevaluates" },
  onFailure: { schema: simpleSchemas.onFailure, kind: "string", change: "appliesToDeployment" },
  waitSecs: { schema: seconds.optional(), kind: "number", change: "appliesToDeployment" },
  startWaitSecs: { schema: seconds.optional(), kind: "number", change: "appliesToDeployment" },
  showLog: { schema: flag.optional(), kind: "boolean", change: "appliesToDeployment" },
  onDelete: { schema: simpleSchemas.onDelete, kind: "string", change: "updatesState" },
  onExpired: { schema: simpleSchemas.onExpired, kind: "string", change: "updatesState" },
  account: { schema: account, kind: "string", change: "updatesState" },
} as const satisfies Readonly<Record<string, ArgumentRow>>;

type Table = typeof argumentTable;

/** The name of an argument. */
export type ArgumentName = keyof Table;

/** The names of the arguments whose change does this. */
export type ArgumentsThat<Rule extends ChangeRule> = {
  [Name in ArgumentName]: Table[Name]["change"] extends Rule ? Name : never;
}[ArgumentName];

/** All argument names. */
export const argumentNames = Object.keys(argumentTable) as readonly ArgumentName[];

/** The arguments whose change starts no run and applies to the next one. */
export const argumentsOfNextRun = argumentsThat("appliesToNextRun");

/** The arguments whose change alone is reason enough to update the state. */
export const argumentsThatUpdateState = argumentsThat("updatesState");

/** The shape of the arguments. */
export const argsSchema = z.strictObject(
  Object.fromEntries(argumentNames.map((name) => [name, argumentTable[name].schema])) as {
    [Name in ArgumentName]: Table[Name]["schema"];
  },
  { error: unexpectedProperty("must be an object") },
);

/** The arguments of a TaskRun, as declared and validated. */
export type Args = z.infer<typeof argsSchema>;

function argumentsThat<Rule extends ChangeRule>(rule: Rule): readonly ArgumentsThat<Rule>[] {
  const isOne = (name: ArgumentName): name is ArgumentsThat<Rule> =>
    argumentTable[name].change === rule;
  return argumentNames.filter(isOne);
}
