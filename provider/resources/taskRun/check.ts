import { isSameJson } from "../../run/canonicalJson";
import { changedIntent } from "../../run/intent";
import { argsSchema, argumentsOfNextRun } from "./argumentTable";
import { normalizeId } from "../../apify/endpoints/paths";
import { message } from "../../apify/message";
import { reportMissingTask } from "./reportMissingTask";
import { readTracked } from "./readTracked";
import { configurationProblems } from "../configurationProblems";
import { validate } from "../validate";
import { containsUnknown } from "../unknown";
import type { Args } from "./argumentTable";
import type { TaskRunContext } from "./taskRunContext";
import type { Problem } from "../validate";

/** The arguments in the form in which they are stored, and the problems with them. */
export interface CheckResult {
  readonly args: Record<string, unknown>;
  readonly problems: readonly Problem[];
}

/**
 * Checks the arguments and the configuration, reads the tracked build and task, and reports it if a run would
 * be started and its task does not exist. It sends no request unless something is tracked or a run would be
 * started. `before` holds the stored arguments; it is empty for a new resource and in a replacement.
 */
export async function check(
  context: TaskRunContext,
  before: Record<string, unknown>,
  given: Record<string, unknown>,
): Promise<CheckResult> {
  const isNew = !("actorTaskId" in before);
  context.ledger.recordDeclaration(context.owner, isNew ? "new" : "existing");
  const args = { ...given };
  if (typeof args.actorTaskId === "string") args.actorTaskId = normalizeId(args.actorTaskId);
  const problems = [
    ...validate(argsSchema, args, context.isUnknown),
    ...configurationProblems(context, args),
  ];
  if (problems.length > 0) return { args, problems };
  if (!isNew) reportLaterEffects(context, before, args);
  const [tracked] = await Promise.all([
    readTracked(context, args as Args),
    // A resource that is being replaced is checked a second time, as a new one.
    isNew ? reportMissingTask(context, args as Args) : undefined,
  ]);
  return { args: { ...args, ...tracked }, problems };
}

/** Reports changes that start no run: the engine does not show them. */
function reportLaterEffects(
  context: TaskRunContext,
  before: Partial<Args>,
  after: Partial<Args>,
): void {
  const isKnown = (name: keyof Args): boolean => !containsUnknown(after[name], context.isUnknown);
  const intent = changedIntent(before, after);
  if (intent.length > 0) {
    const { adoptRunId } = after;
    if (adoptRunId === undefined || adoptRunId !== before.adoptRunId) return;
    const held = intent.filter(isKnown);
    if (held.length > 0) {
      context.report.line(
        message`The change to ${listed(held)} does not start a run while \`adoptRunId\` is set. It takes effect once \`adoptRunId\` is removed.`,
      );
    }
  }
  const changed = argumentsOfNextRun.filter(
    (name) => !isSameJson(before[name], after[name]) && isKnown(name),
  );
  if (changed.length > 0) {
    context.report.line(
      message`The change to ${listed(changed)} takes effect with the next run of the task; it does not start one.`,
    );
  }
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
