import { notify, type Platform } from "../platform";
import type { ActorContext, ActorFunction } from "../state/actorFunction";
import type { Execution, RunEntry } from "../state/entities";
import type { JsonObject } from "../state/shapes";
import { pushItems, recordValue, setRecord } from "../state/storages";
import { charge, chargeItems } from "./charge";
import type { Outcome } from "./launch";
import { appendLog } from "./log";

/** Runs an Actor that is a function. */
export function runFunction(
  platform: Platform,
  entry: RunEntry,
  {
    run,
    env,
    ended,
  }: { run: ActorFunction; env: Record<string, string>; ended: (outcome: Outcome) => void },
): Execution {
  const stopping = new AbortController();
  const context = contextOf(platform, entry, { env, signal: stopping.signal });
  void outcomeOf(run, context).then(ended);
  const stop = (): void => {
    stopping.abort();
  };
  // A function that ignores its signal cannot be stopped; waiting for it would hang the emulator.
  return { signal: stop, kill: stop, ended: Promise.resolve() };
}

async function outcomeOf(run: ActorFunction, context: ActorContext): Promise<Outcome> {
  try {
    // One turn later, so that no Actor ends before its start has returned.
    await Promise.resolve();
    const result = await run(context);
    return { exitCode: result?.exitCode ?? 0 };
  } catch (error) {
    context.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { exitCode: 1 };
  }
}

function contextOf(
  platform: Platform,
  entry: RunEntry,
  { env, signal }: { env: Record<string, string>; signal: AbortSignal },
): ActorContext {
  const { run } = entry;
  const storeOf = (): ReturnType<typeof platform.keyValueStores.get> =>
    platform.keyValueStores.get(run.defaultKeyValueStoreId);
  const inputRecord = storeOf()?.records.get(entry.inputKey);
  return {
    runId: run.id,
    input: inputRecord === undefined ? {} : (recordValue(inputRecord) as JsonObject),
    env,
    signal,
    log: (line) => {
      appendLog(platform, entry, line);
    },
    setStatusMessage: (text) => {
      run.statusMessage = text;
      entry.messageFrom = "actor";
      notify(platform, entry);
    },
    pushData: (items) => {
      const dataset = platform.datasets.get(run.defaultDatasetId);
      if (dataset === undefined) return;
      const pushed = [items].flat();
      pushItems(platform, dataset, pushed);
      chargeItems(platform, entry, pushed.length);
    },
    setValue: (key, value) => {
      const store = storeOf();
      if (store !== undefined) setRecord(platform, store, { key, value });
    },
    charge: (event, count = 1) => charge(platform, entry, { event, count }),
  };
}
