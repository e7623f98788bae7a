import { messageOf, orUndefinedWhenMissing } from "../../apify/errors";
import { message } from "../../apify/message";
import { runConsoleUrl } from "../../apify/urls";
import { purge } from "./purge";
import { linksOf } from "./state";
import type { TaskRunContext } from "./context";
import type { TaskRunState } from "./state";

/**
 * Purges what a create has replaced and the engine had deleted before it (`deleteBeforeReplace`), now
 * that the new run has delivered. When it has not, the old data stays, and the row says where. It
 * never throws: the new run is there, and is to be recorded.
 */
export async function runDeferredPurges(context: TaskRunContext): Promise<void> {
  const { delivered, purges } = context.ledger.finishCreate(context.owner);
  for (const state of purges) {
    const { id } = state.run;
    try {
      const account = context.account(state.account);
      if (context.ledger.isInUse(id)) continue;
      if (!delivered) {
        context.report.line(
          message`Run ${id}, which was to be replaced, and its data stay at Apify, where its retention period ends them: ${runConsoleUrl(account.consoleUrl, state.run)}`,
        );
        continue;
      }
      const run = await orUndefinedWhenMissing(account.client.getRun(id));
      await purge(context, account, { ...state, links: linksOf(state.run, account) }, run);
    } catch (error) {
      context.report.line(
        message`Run ${id}, which was replaced, could not be purged, and no later deployment does it: ${messageOf(error)}`,
      );
    }
  }
}

/** Leaves the purge of a run to the create that replaces it, and says so. */
export function purgeLater(context: TaskRunContext, by: string, state: TaskRunState): void {
  context.ledger.deferPurge(by, state);
  context.report.line(
    message`Run ${state.run.id} and its data are kept until the run that replaces it has succeeded (onDelete: "purge").`,
  );
}
