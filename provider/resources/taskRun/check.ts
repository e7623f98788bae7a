import { canonicalJson } from "../../run/canonicalJson";
import { changedIntent } from "../../run/intent";
import { normalizeTaskId } from "./arguments";
import { messageOf } from "../../apify/errors";
import { message } from "../../apify/message";
import { lookForTask } from "./lookForTask";
import { track } from "./track";
import { containsUnknown, validate } from "../validate";
import type { Args } from "./arguments";
import type { Context } from "../context";
import type { Problem } from "../validate";

/** The arguments of which a change counts from the next run on, and starts none. */
const nextRunArguments = [
  "timeoutSecs",
  "memoryMbytes",
  "restartOnError",
  "webhooks",
] as const satisfies readonly (keyof Args)[];

/** The arguments, brought to their stored form, and what is wrong with them. */
export interface CheckResult {
  readonly args: Record<string, unknown>;
  readonly problems: readonly Problem[];
}

/**
 * Checks the arguments and the configuration, adds what is tracked, and says when the task of a run that
 * is to be started is not there. Without a tracker, and with nothing to start, it sends nothing. `before` is
 * empty for a new resource, and for one that is to be replaced once that is decided.
 */
export async function check(
  context: Context,
  before: Record<string, unknown>,
  given: Record<string, unknown>,
): Promise<CheckResult> {
  const isNew = !("actorTaskId" in before);
  context.memory.declared(context.owner, isNew ? undefined : "existed");
  const args = { ...given };
  if (typeof args.actorTaskId === "string") args.actorTaskId = normalizeTaskId(args.actorTaskId);
  const problems = [...validate(args, context.isUnknown), ...configurationProblems(context, args)];
  if (problems.length > 0) return { args, problems };
  if (!isNew) sayWhatComesLater(context, before, args);
  const [tracked] = await Promise.all([
    track(context, args as Args),
    // Whatever is to be run, be it for the first time or again, comes here without a before.
    isNew ? lookForTask(context, args as Args) : undefined,
  ]);
  return { args: { ...args, ...tracked }, problems };
}

/** A problem of the configuration belongs to no property. */
function configurationProblems(
  context: Context,
  { account }: Record<string, unknown>,
): readonly Problem[] {
  if (context.isUnknown(account)) return [];
  try {
    context.account(typeof account === "string" ? account : undefined);
    return [];
  } catch (error) {
    return [{ property: "", reason: messageOf(error) }];
  }
}

/** A change that starts no run is invisible in the engine's own display, so the row says it. */
function sayWhatComesLater(context: Context, before: Partial<Args>, after: Partial<Args>): void {
  const isKnown = (name: keyof Args): boolean => !containsUnknown(after[name], context.isUnknown);
  const intent = changedIntent(before, after);
  if (intent.length > 0) {
    const { adoptRunId } = after;
    if (adoptRunId === undefined || adoptRunId !== before.adoptRunId) return;
    const held = intent.filter(isKnown);
    if (held.length > 0) {
      context.report.line(
        message`The change of ${held.join(", ")} starts no run while adoptRunId is set; it counts once adoptRunId is taken out.`,
      );
    }
  }
  const changed = nextRunArguments.filter(
    (name) => canonicalJson(before[name]) !== canonicalJson(after[name]) && isKnown(name),
  );
  if (changed.length > 0) {
    context.report.line(message`The change of ${changed.join(", ")} takes effect at the next run.`);
  }
}
