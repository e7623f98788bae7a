import { messageOf, orUndefinedWhenMissing } from "../../apify/errors";
import { lines, message } from "../../apify/message";
import { wasRead } from "../../run/runRecord";
import { hasEnded } from "../../run/status";
import { waitForEnd } from "../../run/waitForEnd";
import { ProviderError } from "../errors";
import { requireOwnAccount } from "./requireOwnAccount";
import { reportPauses } from "../reportPauses";
import type { StorageKind } from "../../apify/endpoints/storages";
import type { Message } from "../../apify/message";
import type { Run } from "../../apify/schemas/run";
import type { Account } from "../account";
import type { TaskRunContext } from "./taskRunContext";
import type { TaskRunState } from "./state";

/** Seconds to wait for a graceful abort: Apify gives the Actor 30 s to save its state. */
const gracefulSecs = 35;

/** Seconds to wait for a forced abort. */
const forcedSecs = 60;

/**
 * Stops the run if it is still running, and deletes it with its three default storages. Anything that no
 * longer exists counts as deleted. Throws a `ProviderError` that lists what Apify refused to delete, and the
 * user's `nextStep` if there is one.
 */
export async function purge(
  context: TaskRunContext,
  account: Account,
  state: TaskRunState,
  run: Run | undefined,
  nextStep?: Message,
): Promise<void> {
  const { client } = account;
  const { links } = state;
  if (run !== undefined && !(await hasStopped(context, account, run))) {
    throw new ProviderError(
      lines(
        message`Run ${run.id} was aborted but has not ended, so neither it nor its data was deleted. See ${links.console}`,
        nextStep,
      ),
    );
  }
  const known = run ?? state.run;
  const { id } = known;
  const retryOptions = reportPauses(context);
  const deletions = [outcomeOf(`run ${id}`, client.deleteRun(id, retryOptions))];
  const storages: readonly (readonly [StorageKind, string | undefined])[] = [
    ["datasets", known.defaultDatasetId],
    ["key-value-stores", known.defaultKeyValueStoreId],
    ["request-queues", known.defaultRequestQueueId],
  ];
  for (const [kind, storageId] of storages) {
    // The storages of a run that was never read are not known.
    if (!storageId) continue;
    deletions.push(
      outcomeOf(`${kind}/${storageId}`, client.deleteStorage(kind, storageId, retryOptions)),
    );
  }
  const outcomes = await Promise.all(deletions);
  if (!wasRead(known)) {
    context.report.line(
      message`Run ${id} was never read, so its storages are not known and were not deleted. Apify deletes them after the account's retention period.`,
    );
  }
  if (outcomes.some(({ outcome }) => outcome === "missing"))
    await requireOwnAccount(account, state);
  const problems = outcomes.flatMap((deletion) =>
    deletion.outcome === "refused" ? [message`  ${deletion.problem}`] : [],
  );
  if (problems.length === 0) return;
  throw new ProviderError(
    lines(
      message`Not all data of run ${id} could be deleted (\`onDelete: "purge"\`). Still on Apify:`,
      ...problems,
      message`See ${links.console}`,
      nextStep,
    ),
  );
}

/** The run is not purged, and will not be: the run that replaces it is not good. */
export function notPurged({ run, links }: TaskRunState): Message {
  return message`Run ${run.id} and its data are not purged (\`onDelete: "purge"\`), because the run that replaces it is not good. No later deployment purges them; Apify deletes them after the account's retention period. To delete them yourself, see ${links.console}`;
}

/** The outcome of a request to delete something. */
type Deletion =
  | { readonly outcome: "deleted" | "missing" }
  | { readonly outcome: "refused"; readonly problem: string };

async function outcomeOf(what: string, request: Promise<void>): Promise<Deletion> {
  try {
    const deleted = await orUndefinedWhenMissing(request.then(() => true));
    return { outcome: deleted ? "deleted" : "missing" };
  } catch (error) {
    return { outcome: "refused", problem: `${what}: ${messageOf(error)}` };
  }
}

/** Stops the run: gracefully at first, so that the Actor can save its state, and by force if that takes too long. Returns whether it has stopped. */
async function hasStopped(context: TaskRunContext, account: Account, run: Run): Promise<boolean> {
  if (hasEnded(run.status)) return true;
  const { id } = run;
  const { client } = account;
  const abort = (manner: "gracefully" | "at once"): Promise<Run | undefined> =>
    orUndefinedWhenMissing(client.abortRun(id, manner, reportPauses(context)));
  context.report.line(message`Aborting run ${id}, which is still running.`);
  if (await endsWithin(context, account, await abort("gracefully"), gracefulSecs)) return true;
  context.report.line(message`Force-aborting run ${id}.`);
  return endsWithin(context, account, await abort("at once"), forcedSecs);
}

/** Waits up to `limitSecs` for the run to end. Returns whether it has ended or no longer exists. */
async function endsWithin(
  { clock }: TaskRunContext,
  { client }: Account,
  run: Run | undefined,
  limitSecs: number,
): Promise<boolean> {
  if (run === undefined) return true;
  const waited = await waitForEnd({ client, clock, run, limitSecs, onProgress: () => undefined });
  if (waited.outcome === "ended") return true;
  return (await orUndefinedWhenMissing(client.getRun(run.id))) === undefined;
}
