import { messageOf, orUndefinedWhenMissing } from "../../apify/errors";
import { message, sentences } from "../../apify/message";
import { purge } from "./purge";
import type { TaskRunContext } from "./taskRunContext";

/**
 * Purges the runs that a create has replaced and the engine deleted before it (`deleteBeforeReplace`), now
 * that the new run has delivered. If it has not, their data stays, and the row says where. Never throws:
 * the new run must be recorded.
 */
export async function runDeferredPurges(context: TaskRunContext): Promise<void> {
  const { ledger, owner, report } = context;
  const { delivered, purges } = ledger.finishCreate(owner);
  for (const state of purges) {
    const { run, links } = state;
    if (ledger.isInUse(run.id)) continue;
    if (!delivered) {
      report.line(
        message`Run ${run.id} and its data stay on Apify until its retention period ends, since the run that was to replace it has not succeeded: ${links.console}`,
      );
      continue;
    }
    try {
      const account = context.account(state.account);
      const found = await orUndefinedWhenMissing(account.client.getRun(run.id));
      await purge(context, account, state, found);
    } catch (error) {
      report.line(
        sentences(
          message`Run ${run.id} was replaced, but could not be purged, and no later deployment will do it: ${messageOf(error)}`,
          message`To delete it yourself, see ${links.console}`,
        ),
      );
    }
  }
}
