import { messageOf, orUndefinedWhenMissing } from "../../apify/errors";
import { lines, message } from "../../apify/message";
import { wasRead } from "../../run/runRecord";
import { hasEnded } from "../../run/status";
import { waitForEnd } from "../../run/waitForEnd";
import { TaskRunError } from "../errors";
import { refuseForeign } from "./ofOtherAccount";
import { showingPauses } from "../showPause";
import type { StorageKind } from "../../apify/client";
import type { Run } from "../../apify/schemas/run";
import type { Account, Context } from "../context";
import type { TaskRunState } from "./state";

/** Seconds that Apify gives an Actor to save its state when it is aborted gracefully, and a little for the news. */
const gracefulSecs = 35;

/** Seconds that a run gets to end once it was aborted by force. */
const forcedSecs = 60;

/**
 * Deletes the run and its three default storages, after ending the run if it is still going. What is
 * gone already is done. Throws a `TaskRunError` that says what is left when Apify refuses.
 */
export async function purge(
  context: Context,
  account: Account,
  state: TaskRunState,
  run: Run | undefined,
): Promise<void> {
  const { client } = account;
  const { links } = state;
  if (run !== undefined) await end(context, account, run, links.console);
  const known = run ?? state.run;
  const { id } = known;
  const patience = showingPauses(context);
  const deletions = [deletion(`run ${id}`, client.deleteRun(id, patience))];
  const storages: readonly (readonly [StorageKind, string | undefined])[] = [
    ["datasets", known.defaultDatasetId],
    ["key-value-stores", known.defaultKeyValueStoreId],
    ["request-queues", known.defaultRequestQueueId],
  ];
  for (const [kind, storageId] of storages) {
    // What is recorded of a run that was never read names none.
    if (!storageId) continue;
    deletions.push(
      deletion(`${kind}/${storageId}`, client.deleteStorage(kind, storageId, patience)),
    );
  }
  const ends = await Promise.all(deletions);
  if (!wasRead(known)) {
    context.report.line(
      message`Of run ${id} only the id is known, so its data could not be deleted. What of it is still there, Apify ends after the account's retention period.`,
    );
  }
  if (ends.some(({ outcome }) => outcome === "missing")) await refuseForeign(account, state);
  const problems = ends.flatMap((end) =>
    end.outcome === "refused" ? [message`  ${end.problem}`] : [],
  );
  if (problems.length === 0) return;
  throw new TaskRunError(
    lines(
      message`Not all data of run ${id} could be deleted (onDelete: "purge"). Left are:`,
      ...problems,
      message`See ${links.console}. Try again, or set onDelete to "keep" to leave it there.`,
    ),
  );
}

/** What came of a request to delete something. */
type Deletion =
  | { readonly outcome: "deleted" | "missing" }
  | { readonly outcome: "refused"; readonly problem: string };

async function deletion(what: string, request: Promise<void>): Promise<Deletion> {
  try {
    const deleted = await orUndefinedWhenMissing(request.then(() => true));
    return { outcome: deleted ? "deleted" : "missing" };
  } catch (error) {
    return { outcome: "refused", problem: `${what}: ${messageOf(error)}` };
  }
}

/** Ends the run: gracefully, so that the Actor can tidy up, and by force if that takes too long. */
async function end(context: Context, account: Account, run: Run, link: string): Promise<void> {
  if (hasEnded(run.status)) return;
  const { id } = run;
  const { client } = account;
  const abort = (manner: "gracefully" | "at once"): Promise<Run | undefined> =>
    orUndefinedWhenMissing(client.abortRun(id, manner, showingPauses(context)));
  context.report.line(message`Aborting run ${id}, which is still going.`);
  if (await isOver(context, account, await abort("gracefully"), gracefulSecs)) return;
  context.report.line(message`Aborting run ${id} by force.`);
  if (await isOver(context, account, await abort("at once"), forcedSecs)) return;
  throw new TaskRunError(
    message`Run ${id} was aborted but has not ended, so its data was not deleted. See ${link}, and try again.`,
  );
}

/** Whether the run ends, or is gone, within these seconds. */
async function isOver(
  { clock }: Context,
  { client }: Account,
  run: Run | undefined,
  limitSecs: number,
): Promise<boolean> {
  if (run === undefined) return true;
  const waited = await waitForEnd({ client, clock, run, limitSecs, onProgress: () => undefined });
  if (waited.outcome === "ended") return true;
  return (await orUndefinedWhenMissing(client.getRun(run.id))) === undefined;
}
