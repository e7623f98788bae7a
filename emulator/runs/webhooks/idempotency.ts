import { hasWebhookKey } from "../../state/runIndex";
import type { EmulatorState } from "../../state/emulatorState";
import type { User } from "../../state/entities";
import type { AdHocWebhook } from "../../state/webhook";

/** Leaves out webhooks with an `idempotencyKey` that the account has used before. */
export function newWebhooks(
  state: EmulatorState,
  owner: User,
  webhooks: readonly AdHocWebhook[],
): AdHocWebhook[] {
  const seen = new Set<string>();
  return webhooks.filter(({ idempotencyKey: key }) => {
    if (key === undefined || key === null) return true;
    const isNew = !seen.has(key) && !hasWebhookKey(state.runIndex, owner.id, key);
    seen.add(key);
    return isNew;
  });
}
