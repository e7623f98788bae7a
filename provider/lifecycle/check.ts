import { canonicalJson } from "../run/canonical";
import { changedIntent } from "../run/intent";
import { normalizeTaskId } from "./args";
import { messageOf } from "../apify/errors";
import { message } from "../apify/message";
import { track } from "./track";
import { containsUnknown, validate } from "./validate";
import type { Args } from "./args";
import type { Context } from "./context";
import type { Problem } from "./validate";

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
 * Checks the arguments and the configuration, and adds what is tracked. Without a tracker it sends
 * nothing. `before` is empty for a new resource.
 */
export async function check(
  context: Context,
  before: Record<string, unknown>,
  given: Record<string, unknown>,
): Promise<CheckResult> {
  context.memory.declared(context.owner);
  const args = { ...given };
  if (typeof args.actorTaskId === "string") args.actorTaskId = normalizeTaskId(args.actorTaskId);
  const problems = [...validate(args, context.isUnknown), ...configurationProblems(context, args)];
  if (problems.length === 0 && "actorTaskId" in before) sayWhatComesLater(context, before, args);
  if (problems.length > 0) return { args, problems };
  return { args: { ...args, ...(await track(context, args as Args)) }, problems };
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
