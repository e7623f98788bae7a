import { messageOf, orUndefinedWhenMissing } from "../apify/errors";
import { wasSeen } from "../run/firstSight";
import { hasEnded } from "../run/status";
import { waitForEnd } from "../run/wait";
import { TaskRunError } from "./errors";
import { isAlive } from "./state";
import type { StorageKind } from "../apify/client";
import type { Run } from "../apify/schemas/run";
import type { Account, Context } from "./context";
import type { TaskRunState } from "./state";

/** Seconds that an aborted run gets to end before its data is deleted; Apify itself gives it 30. */
const abortLimitSecs = 90;

/** Ends what a TaskRun stands for, as its `onDelete` says. What is gone already is done. */
export async function deleteTaskRun(context: Context, state: TaskRunState): Promise<void> {
  const policy = state.onDelete ?? "abort";
  if (policy === "keep") return;
  const runId = state.run.id;
  if (context.memory.isKept(runId)) {
    context.report.line(`Run ${runId} is left as it is: another resource has it now.`);
    return;
  }
  const account = context.account();
  const run = await orUndefinedWhenMissing(account.client.getRun(runId));
  const aborted = await abortIfGoing(context, account, state, run);
  if (policy === "purge") await purge(context, account, state, aborted);
}

/** Aborts a run that goes on or may do so, and gives it as it is then; `undefined` when it is gone. */
async function abortIfGoing(
  { report }: Context,
  { client }: Account,
  state: TaskRunState,
  run: Run | undefined,
): Promise<Run | undefined> {
  const { id } = state.run;
  if (run === undefined) {
    // A copy of Apify's data that lags may not know a new run yet. To abort one that is gone is harmless.
    return isAlive(state) ? orUndefinedWhenMissing(client.abortRun(id)) : undefined;
  }
  if (hasEnded(run.status)) return run;
  report.line(`Aborting run ${id}, which is still going.`);
  return orUndefinedWhenMissing(client.abortRun(id));
}

/** Deletes the run and its three default storages, and says what could not be deleted. */
async function purge(
  context: Context,
  account: Account,
  state: TaskRunState,
  run: Run | undefined,
): Promise<void> {
  if (run !== undefined) await waitForAbort(context, account, run, state.links.console);
  const { client } = account;
  // What is recorded of a run that was never read names no storages.
  const known = run ?? state.run;
  const { id } = known;
  const storage = (kind: StorageKind, storageId: string): [string, Promise<void>] => [
    `${kind}/${storageId}`,
    client.deleteStorage(kind, storageId),
  ];
  const deletions: [string, Promise<void>][] = [[`run ${id}`, client.deleteRun(id)]];
  if (wasSeen(known)) {
    deletions.push(
      storage("datasets", known.defaultDatasetId),
      storage("key-value-stores", known.defaultKeyValueStoreId),
      storage("request-queues", known.defaultRequestQueueId),
    );
  }
  const left = await Promise.all(
    deletions.map(async ([what, deletion]) => {
      try {
        await orUndefinedWhenMissing(deletion);
        return [];
      } catch (error) {
        return [`  ${what}: ${messageOf(error)}`];
      }
    }),
  );
  const problems = left.flat();
  if (problems.length === 0) return;
  throw new TaskRunError(
    [
      `Not all data of run ${id} could be deleted (onDelete: "purge"). Left are:`,
      ...problems,
      `See ${state.links.console}. Try again, or set onDelete to "keep" to leave it there.`,
    ].join("\n"),
  );
}

async function waitForAbort(
  context: Context,
  account: Account,
  run: Run,
  link: string,
): Promise<void> {
  const waited = await waitForEnd({
    client: account.client,
    clock: context.clock,
    run,
    limitSecs: abortLimitSecs,
    onProgress: () => undefined,
  });
  if (waited.outcome === "alive") {
    throw new TaskRunError(
      `Run ${run.id} was aborted but has not ended (${waited.reason}), so its data was not deleted. See ${link}`,
    );
  }
}
