import { resumeRuns } from "../runs/resume";
import { decodedChange, encodedChange } from "./changeEncoding";
import { compactChanges } from "./compactChanges";
import { openStoredJournal } from "./journalFile";
import { restoreChange } from "./restoreChange";
import type { Change } from "../state/change";
import type { EmulatorState } from "../state/emulatorState";

/** The folder in which an emulator stores its data. */
export interface StateFolder {
  /** When it was first used, in ISO 8601. */
  readonly createdAt: string;
  /** Restores the data of earlier emulators and continues their runs; stores changes from now on. */
  readonly restore: (state: EmulatorState) => void;
  /** Lets another emulator use the folder. */
  readonly close: () => void;
}

/**
 * Opens the folder of `--state`, and creates it if it is missing.
 *
 * @param now - in ISO 8601
 * @throws Error if another emulator uses it, or if it has data that this version cannot read
 */
export function openStateFolder(folder: string, now: string): StateFolder {
  const journal = openStoredJournal(folder);
  let close = journal.unlock;
  const changes = changesIn(journal.records, journal.unlock);
  const created = changes.find((change) => change.kind === "created") ?? {
    kind: "created",
    at: now,
  };
  return {
    createdAt: created.at,
    restore: (state) => {
      for (const change of changes) restoreChange(state, change);
      const writer = journal.rewrite(
        [created, ...changes.filter((change) => change !== created)].map(encodedChange),
      );
      close = writer.close;
      state.journal = (change) => {
        writer.append(encodedChange(change));
      };
      resumeRuns(state);
    },
    close: () => {
      close();
      close = () => undefined;
    },
  };
}

function changesIn(records: () => Iterable<unknown>, unlock: () => void): readonly Change[] {
  try {
    return compactChanges([...records()].map(decodedChange));
  } catch (error) {
    unlock();
    throw error;
  }
}
