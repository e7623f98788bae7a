import { read } from "./read";
import type { Account } from "../account";
import type { TaskRunContext } from "./taskRunContext";
import type { TaskRunState } from "./state";

/** An imported run, and the arguments that a program which declares it may have. */
export interface ImportedRun {
  readonly state: TaskRunState;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * Reads a run of which only the id is known, with the record `INPUT` as the input: Apify stores with a run what the
 * Actor got. Throws a `ProviderError` if there is no such run.
 */
export async function readImported(context: TaskRunContext, runId: string): Promise<ImportedRun> {
  const state = await read(context, runId, {});
  const input = await readInput(context.account(), state.run.defaultKeyValueStoreId);
  const known = input === undefined ? {} : { input };
  return {
    state: { ...state, ...known, isImported: true },
    inputs: { actorTaskId: state.actorTaskId, ...known },
  };
}

/** The input that the Actor got; `undefined` if it cannot be read. */
async function readInput(
  { client }: Account,
  storeId: string | undefined,
): Promise<Record<string, unknown> | undefined> {
  if (storeId === undefined) return undefined;
  try {
    const record = await client.getRecord(storeId, "INPUT");
    const input: unknown = record === undefined ? undefined : JSON.parse(record.text);
    const isObject = typeof input === "object" && input !== null && !Array.isArray(input);
    return isObject ? (input as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
