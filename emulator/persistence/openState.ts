import { resumeRuns } from "../runs/resume";
import { decodedChange, encodedChange } from "./changeEncoding";
import { compactChanges } from "./compactChanges";
import { openStoredJournal } from "./journalFile";
import { restoreChange } from "./restoreChange";
import type { Change } from "../state/change";
import type { EmulatorState } from "../state/emulatorState";
import type { StoredJournal } from "./journalFile";

/** How much of the time before a kill may count as time in which the emulator did not run. */
const aliveMillis = 60_000;

/** What the error of a request adds to the reason. */
const meanwhile =
  "What was answered before is kept. What is asked meanwhile may still happen once there is room.";

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
  const journal = writing(folder, () => openStoredJournal(folder));
  let close = journal.unlock;
  let changes = changesIn(journal);
  const created = changes.find((change) => change.kind === "created") ?? {
    kind: "created",
    at: now,
  };
  return {
    createdAt: created.at,
    restore: (state) => {
      for (const change of changes) restoreChange(state, change);
      const aliveAt = changes.find((change) => change.kind === "alive")?.at ?? 0;
      const kept = changes.filter((change) => change !== created);
      const records = mapped([created, ...kept], encodedChange);
      const writer = writing(folder, () => journal.rewrite(records));
      // What is deleted from now on must not stay in memory.
      changes = [];
      state.journal = (change) => {
        writer.append(encodedChange(change));
      };
      state.journalProblem = () => {
        const problem = writer.problem();
        if (problem === undefined) return undefined;
        return `${cannotWrite(folder, problem)} ${meanwhile}`;
      };
      const stopRecording = recordLife(state);
      close = () => {
        stopRecording();
        writer.close();
      };
      resumeRuns(state, aliveAt);
    },
    close: () => {
      close();
      close = () => undefined;
    },
  };
}

function changesIn({ records, unlock }: StoredJournal): readonly Change[] {
  try {
    return compactChanges(mapped(records(), decodedChange));
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The result; an error of the file system says what to do. */
function writing<Result>(folder: string, write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new Error(cannotWrite(folder, error as Error), { cause: error });
  }
}

function cannotWrite(folder: string, { message }: Error): string {
  return (
    `The local Apify cannot write to ${folder}: ${message}. ` +
    "Make room on the disk, or make the folder writable."
  );
}

/** Records now and then that the emulator runs, and when it ended. Runs are timed by that. */
function recordLife(state: EmulatorState): () => void {
  let cancel: () => void = () => undefined;
  const record = (): void => {
    if (state.runIndex.live.size > 0) state.journal({ kind: "alive", at: state.clock.now() });
  };
  const arm = (): void => {
    cancel = state.clock.setTimer(aliveMillis, () => {
      record();
      arm();
    });
  };
  arm();
  return () => {
    cancel();
    record();
  };
}

/** One at a time, because all of them encoded would take as much memory again as the data. */
function* mapped<From, To>(values: Iterable<From>, convert: (value: From) => To): Generator<To> {
  for (const value of values) yield convert(value);
}
