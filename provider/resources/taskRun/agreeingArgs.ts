import { orUndefinedWhenMissing } from "../../apify/errors";
import { isSameJson } from "../../run/canonicalJson";
import { intentArguments } from "../../run/intent";
import { containsUnknown } from "../unknown";
import type { IntentArgument } from "../../run/intent";
import type { TaskRunContext } from "./taskRunContext";
import type { TaskRunState } from "./state";

type Properties = Readonly<Record<string, unknown>>;

/**
 * The arguments with which to decide. Nobody knows with which arguments an imported run was started. So those that agree
 * with the run are replaced by what the state has, and so count as unchanged. `declared` holds what the program
 * declared when the run was imported or later; `undefined` if it is declared for the first time.
 */
export async function agreeingArgs(
  context: TaskRunContext,
  state: TaskRunState,
  given: Properties,
  declared: Properties | undefined,
): Promise<Properties> {
  if (state.isImported !== true) return given;
  const recorded: Record<string, unknown> = {};
  const agreeing = new Set<string>();
  for (const name of intentArguments) {
    if (containsUnknown(given[name], context.isUnknown)) continue;
    const agrees =
      declared === undefined
        ? await agreesWithRun(context, state, name, given)
        : isSameJson(declared[name], given[name]);
    if (!agrees) continue;
    agreeing.add(name);
    if (state[name] !== undefined) recorded[name] = state[name];
  }
  const others = Object.entries(given).filter(([name]) => !agreeing.has(name));
  return { ...Object.fromEntries(others), ...recorded };
}

async function agreesWithRun(
  context: TaskRunContext,
  state: TaskRunState,
  name: IntentArgument,
  given: Properties,
): Promise<boolean> {
  const value = given[name];
  if (value === undefined) return true;
  switch (name) {
    case "actorTaskId":
      return isSameTask(context, state, given);
    case "input":
      return isPartOf(value as Properties, state.input);
    case "build":
    case "maxItems":
    case "maxTotalChargeUsd":
      return value === state.run.options?.[name];
    case "triggers":
    case "idempotencyKey":
      // The run itself does not know them.
      return true;
  }
}

/** Whether an id or a name means the task of the run. A failed read starts no run, so it counts as "yes". */
async function isSameTask(
  context: TaskRunContext,
  { actorTaskId }: TaskRunState,
  given: Properties,
): Promise<boolean> {
  if (given.actorTaskId === actorTaskId) return true;
  try {
    const name = typeof given.account === "string" ? given.account : undefined;
    const reading = context.reads.task(context.account(name), String(given.actorTaskId));
    return (await orUndefinedWhenMissing(reading))?.id === actorTaskId;
  } catch {
    return true;
  }
}

/** Whether the Actor got this input: Apify adds to it the properties of the task's saved input. */
function isPartOf(input: Properties, whole: Properties | undefined): boolean {
  return (
    whole === undefined ||
    Object.entries(input).every(([key, value]) => isSameJson(whole[key], value))
  );
}
