import { containsUnknown } from "../unknown";
import { argumentKinds } from "./argumentKinds";
import { message } from "../../apify/message";
import { decide } from "./decide";
import { explainRerun } from "./explainRerun";
import { splitUsable } from "../usableArguments";
import { isLive, waitsForRun } from "./state";
import type { TaskRunContext } from "./taskRunContext";
import type { Decision } from "./decision";
import type { CheckedArgs, TaskRunState } from "./state";

/**
 * Decides what a deployment does with a resource, records the decision in the ledger, and explains reruns in
 * the resource's row, unless a preview shows the reason itself. `damaged` names the stored properties that
 * could not be used. `given` holds the arguments; a refresh takes them from the state, so they may be
 * damaged as well.
 */
export function decideAndExplain(
  { clock, isUnknown, ledger, owner, report }: TaskRunContext,
  state: TaskRunState,
  damaged: readonly string[],
  given: Readonly<Record<string, unknown>>,
): Decision {
  const { usable, unusable } = splitUsable(argumentKinds, given, isUnknown);
  const args = usable as Partial<CheckedArgs> as CheckedArgs;
  const decision = decide(state, args, {
    isUnknown,
    nowMillis: clock.epochMillis(),
    damaged: [...damaged, ...Object.keys(unusable)],
  });
  // With `deleteBeforeReplace` the engine calls `diff` on a dependent resource before `check`.
  if (containsUnknown(args, isUnknown)) ledger.recordDeclaration(owner, "existing");
  ledger.recordDecision(owner, state, decision);
  for (const reason of decision.action === "rerun" ? decision.reasons : []) {
    const explanation = explainRerun(state, args, reason);
    if (explanation !== undefined) report.line(explanation);
  }
  if (decision.action === "update" && isLive(state) && waitsForRun(args)) {
    report.status(
      message`waiting on for run ${state.run.id}, which had not ended; no other run is started`,
    );
  }
  return decision;
}
