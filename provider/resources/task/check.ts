import { normalizeId } from "../../apify/endpoints/paths";
import { orUndefinedWhenMissing } from "../../apify/errors";
import { message } from "../../apify/message";
import { isSameJson } from "../../run/canonicalJson";
import { configurationProblems } from "../configurationProblems";
import { taskFingerprint } from "../taskFingerprint";
import { containsUnknown } from "../unknown";
import { validate } from "../validate";
import { argsSchema, argumentNames } from "./argumentTable";
import { autoName } from "./autoName";
import { parseArguments } from "./storedState";
import { withDeclaredFields } from "./taskFields";
import type { Problem } from "../validate";
import type { Args } from "./argumentTable";
import type { Foreseen } from "./state";
import type { TaskContext } from "./taskContext";

/** The arguments in the form in which they are stored, and the problems with them. */
export interface CheckResult {
  readonly args: Record<string, unknown>;
  readonly problems: readonly Problem[];
}

/** A short limit, since a create would report the same problem later. */
const limits = { withinSecs: 5 } as const;

/**
 * Checks the arguments and the configuration, gives a task without a name one, and foresees the fingerprint and, for a
 * new task, the Actor's id, so that a preview knows them. `before` holds the stored arguments; it is empty for a new
 * resource and in a replacement. No failed request fails a check.
 */
export async function check(
  context: TaskContext,
  before: Record<string, unknown>,
  given: Record<string, unknown>,
): Promise<CheckResult> {
  const args = withName(context, before, given);
  if (typeof args.actorId === "string") args.actorId = normalizeId(args.actorId);
  const problems = [
    ...validate(argsSchema, args, context.isUnknown),
    ...configurationProblems(context, args),
  ];
  if (problems.length > 0) return { args, problems };
  const foreseen = await foresee(context, before, args as Args);
  return { args: { ...args, ...foreseen }, problems };
}

/** The given arguments with a name. An adopted task keeps its own. */
function withName(
  { ledger, owner, resourceName }: TaskContext,
  before: Record<string, unknown>,
  given: Record<string, unknown>,
): Record<string, unknown> {
  const args = { ...given };
  if (typeof before.name === "string") ledger.recordNameInState(owner, before.name);
  if (args.name !== undefined || args.adoptTaskId !== undefined) return args;
  if ("actorId" in before) {
    if (before.name !== undefined) args.name = before.name;
    return args;
  }
  // The name of a task that is gone is free, so its successor can have it.
  const replaced = ledger.existing(owner) === "missing" ? undefined : ledger.nameInState(owner);
  args.name = autoName(resourceName, owner, replaced);
  return args;
}

async function foresee(
  context: TaskContext,
  before: Record<string, unknown>,
  args: Args,
): Promise<Foreseen> {
  if (containsUnknown([args.actorId, args.account], context.isUnknown)) return {};
  const recorded = parseArguments(before, context.isUnknown).args;
  const isNew = !("actorId" in before);
  const actId =
    isNew || recorded.actorId !== args.actorId
      ? await readActorId(context, args)
      : textIn(before, "actId");
  if (isNew) return { actId };
  return { actId, fingerprint: await foreseeFingerprint(context, before, recorded, args) };
}

/** The id of the Actor. Reports an Actor that does not exist. */
async function readActorId(
  context: TaskContext,
  { actorId, account, adoptTaskId }: Args,
): Promise<string | undefined> {
  try {
    const actor = await orUndefinedWhenMissing(
      context.reads.actor(context.account(account), actorId, limits),
    );
    if (actor === undefined && adoptTaskId === undefined) {
      context.report.line(
        message`Actor ${actorId} was not found: it does not exist, or the token's account cannot see it.`,
      );
    }
    return actor?.id ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * The fingerprint that the task will have. It is read from Apify only if an argument has changed, or none was
 * foreseen before. A change of the title alone leaves it as it is, so that no dependent TaskRun reruns.
 */
async function foreseeFingerprint(
  context: TaskContext,
  before: Record<string, unknown>,
  recorded: Args,
  args: Args,
): Promise<string | undefined> {
  if (containsUnknown([args.input, args.options], context.isUnknown)) return undefined;
  const known = textIn(before, "fingerprint");
  const isSame = argumentNames.every((name) => isSameJson(recorded[name], args[name]));
  if (known !== undefined && isSame) return known;
  const id = args.adoptTaskId ?? recorded.adoptTaskId ?? recorded.name;
  if (id === undefined || recorded.actorId !== args.actorId) return undefined;
  try {
    const path = id === recorded.name ? `~${id}` : id;
    // Not one of the shared reads: a TaskRun would get it after the task was changed.
    const task = await context.account(args.account).client.getTask(path, limits);
    return taskFingerprint(withDeclaredFields(task, args, recorded));
  } catch {
    return undefined;
  }
}

function textIn(properties: Record<string, unknown>, name: keyof Foreseen): string | undefined {
  const value = properties[name];
  return typeof value === "string" ? value : undefined;
}
