import { message } from "../../apify/message";
import { decide } from "./decide";
import { lookUp } from "./lookUp";
import { changedFields } from "./taskFields";
import type { Decision } from "./decide";
import type { Found } from "./lookUp";
import type { CheckedArgs, TaskState } from "./state";
import type { TaskContext } from "./taskContext";

/** A short limit, since a preview must not wait long for information that it can do without. */
const readSecs = 5;

/**
 * Reads the task, decides what a deployment does with it, and explains what a preview does not show: that
 * the task is gone, or was edited since the state was written. A failed read is not reported and counts as unchanged.
 */
export async function decideAndExplain(
  context: TaskContext,
  state: TaskState,
  args: CheckedArgs,
  damage: "damaged" | "intact",
): Promise<Decision> {
  const { ledger, owner, report, isUnknown } = context;
  const { facts } = state;
  ledger.recordIdInState(owner, facts.id);
  const found = await tryToLookUp(context, state);
  if (found === "missing" || typeof found === "object") ledger.recordExisting(owner, found);
  const decision = decide(state, args, {
    isUnknown,
    isMissing: found === "missing",
    isDamaged: damage === "damaged",
  });
  if (decision.action !== "replace") ledger.recordKept(owner, facts.id);
  if (decision.action === "replace" && decision.property === "id") {
    report.line(
      message`Task ${facts.id} is no longer on Apify. \`pulumi up\` creates it again, with a new id.`,
    );
  }
  if (decision.action === "nothing" && typeof found === "object") {
    const edited = Object.keys(changedFields(found, state.args));
    if (edited.length > 0) {
      report.line(
        message`Task ${facts.id} was edited on Apify: ${edited.map((name) => `\`${name}\``).join(", ")}. To put the declared values back, run \`pulumi up --refresh\`.`,
      );
    }
  }
  return decision;
}

async function tryToLookUp(
  context: TaskContext,
  { args, facts }: TaskState,
): Promise<Found | undefined> {
  try {
    return await lookUp(context, context.account(args.account), facts, { withinSecs: readSecs });
  } catch {
    return undefined;
  }
}
