import type { AccountLimits } from "./declarationTypes";
import type { EmulatorState } from "./emulatorState";
import type { User } from "./entities";

/** Sets limits of an account; others stay as they are. */
export function setAccountLimits(
  state: EmulatorState,
  user: User,
  limits: Partial<AccountLimits>,
): void {
  user.limits = { ...user.limits, ...limits };
  state.journal({ kind: "limits", username: user.username, limits: user.limits });
}
