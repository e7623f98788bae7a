import { ApiError } from "../http/errors";
import { monthlyUsageUsd } from "../state/accountUsage";
import type { EmulatorState } from "../state/emulatorState";
import type { Actor, User } from "../state/entities";
import type { Refusal } from "../state/refusal";

/** Throws the ApiError with which the account or the Actor refuses every start, if one of them does. */
export function checkRefusals(
  state: EmulatorState,
  { owner, actor }: { readonly owner: User; readonly actor: Actor },
): void {
  const refusal = owner.refusal ?? actor.refusal;
  if (refusal !== undefined) throw refusalError(state, refusal, actor);
  if (monthlyUsageUsd(owner, state.clock.now()) < owner.limits.maxMonthlyUsageUsd) return;
  throw new ApiError("platform-feature-disabled");
}

/** https://docs.apify.com/platform/actors/running/permissions: the error says where to approve. */
function refusalError(state: EmulatorState, refusal: Refusal, actor: Actor): ApiError {
  const needsApproval = refusal.type === "full-permission-actor-not-approved";
  const data = needsApproval ? { approvalUrl: `${state.url}/actors/${actor.id}` } : undefined;
  return new ApiError(refusal.type, { ...refusal, data: refusal.data ?? data });
}
