import { messageOf, orUndefinedWhenMissing } from "../../apify/errors";
import { lines, message } from "../../apify/message";
import { notPurged, purge } from "./purge";
import type { TaskRunContext } from "./taskRunContext";

/**
 * Purges the runs that a create replaced, if their resources were deleted before it (`deleteBeforeReplace`)
 * and the new run is good. Otherwise their data stays, and the row says where. Never throws: the new run
 * must be recorded.
 */
export async function runDeferredPurges(context: TaskRunContext): Promise<void> {
  const { ledger, owner, report } = context;
  const { delivered, purges } = ledger.finishCreate(owner);
  for (const state of purges) {
    const { run, links } = state;
    if (ledger.isInUse(run.id)) continue;
    if (!delivered) {
      report.line(notPurged(state));
      continue;
    }
    try {
      const account = context.account(state.account);
      const found = await orUndefinedWhenMissing(account.client.getRun(run.id));
      await purge(context, account, state, found);
    } catch (error) {
      report.line(
        lines(
          message`Run ${run.id} was replaced but could not be purged: ${messageOf(error)}`,
          message`No later deployment purges it. To delete it yourself, see ${links.console}`,
        ),
      );
    }
  }
}
