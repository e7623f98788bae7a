import type { AccountLimits } from "./declaration";
import type { User } from "./entities";

/** Sets limits of an account; others stay as they are. */
export function setAccountLimits(user: User, limits: Partial<AccountLimits>): void {
  user.limits = { ...user.limits, ...limits };
}
