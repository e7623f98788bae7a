import { notifyChange } from "./runChanges";
import { send } from "./events";
import { restartCode } from "./lifecycle";
import { setRunTimer } from "./timers";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";

/** Apify promises a few seconds. */
const timeRemainingSecs = 5;

/**
 * Warns the code of a run, and restarts it after a moment, unless it was restarted in between. Its id
 * and storages stay the same.
 * https://docs.apify.com/platform/actors/development/builds-and-runs/state-persistence
 */
export function migrate(state: EmulatorState, entry: RunEntry): void {
  const { execution } = entry;
  send(state, entry, { name: "migrating", data: { timeRemainingSecs } });
  const callback = (): void => {
    if (entry.execution !== execution || execution === undefined) return;
    entry.run.stats.migrationCount += 1;
    restartCode(state, entry);
    notifyChange(state, entry);
  };
  setRunTimer(state, entry, { name: "migration", millis: timeRemainingSecs * 1000, callback });
}
