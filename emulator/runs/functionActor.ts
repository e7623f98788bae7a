import { pushItems } from "../state/datasetItems";
import { recordValue, setRecord } from "../state/records";
import { notifyChange } from "./runChanges";
import { charge, chargeItems } from "./charge";
import { appendLog } from "./log";
import type { JsonObject } from "../json";
import type { ActorContext, ActorFunction } from "../state/actorFunction";
import type { EmulatorState } from "../state/emulatorState";
import type { ActorExit, Execution, RunEntry } from "../state/entities";

/** Runs an Actor that is a function. */
export function runFunction(
  state: EmulatorState,
  entry: RunEntry,
  {
    run,
    env,
    onExit,
  }: { run: ActorFunction; env: Record<string, string>; onExit: (exit: ActorExit) => void },
): Execution {
  const stopping = new AbortController();
  const context = contextOf(state, entry, { env, signal: stopping.signal });
  void exitOf(run, context).then(onExit);
  const stop = (): void => {
    stopping.abort();
  };
  // A function that ignores its signal cannot be stopped; waiting for it would hang the emulator.
  return { requestStop: stop, kill: stop, ended: Promise.resolve() };
}

async function exitOf(run: ActorFunction, context: ActorContext): Promise<ActorExit> {
  try {
    // Defers the call, so that no Actor ends before the function that starts it has returned.
    await Promise.resolve();
    const result = await run(context);
    return { exitCode: result?.exitCode ?? 0 };
  } catch (error) {
    context.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { exitCode: 1 };
  }
}

function contextOf(
  state: EmulatorState,
  entry: RunEntry,
  { env, signal }: { env: Record<string, string>; signal: AbortSignal },
): ActorContext {
  const { run } = entry;
  const storeOf = (): ReturnType<typeof state.keyValueStores.get> =>
    state.keyValueStores.get(run.defaultKeyValueStoreId);
  const inputRecord = storeOf()?.records.get(entry.inputKey);
  return {
    runId: run.id,
    input: inputRecord === undefined ? {} : (recordValue(inputRecord) as JsonObject),
    env,
    signal,
    log: (line) => {
      appendLog(state, entry, line);
    },
    setStatusMessage: (text) => {
      run.statusMessage = text;
      entry.messageFrom = "actor";
      notifyChange(state, entry);
    },
    pushData: (items) => {
      const dataset = state.datasets.get(run.defaultDatasetId);
      if (dataset === undefined) return;
      const pushed = [items].flat();
      pushItems(state, dataset, pushed);
      chargeItems(state, dataset, pushed.length);
    },
    setValue: (key, value) => {
      const store = storeOf();
      if (store !== undefined) setRecord(state, store, { key, value });
    },
    charge: (event, count = 1) => charge(state, entry, { event, count }),
  };
}
