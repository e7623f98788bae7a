import { closeSync, fstatSync, fsyncSync, ftruncateSync, writeSync } from "node:fs";

/** A journal that can be appended to. */
export interface JournalWriter {
  /**
   * Hands a record to the operating system, so that it survives the end of this process. A record that
   * cannot be written, such as on a full disk, waits in memory and is written before the next one.
   * Does nothing after `close`: an Actor that is a function cannot be stopped.
   */
  readonly append: (record: object) => void;
  /** Why records are waiting, after another attempt to write them; undefined if none are. */
  readonly problem: () => Error | undefined;
  /** Returns once the disk itself has what was written. */
  readonly sync: () => void;
  readonly close: () => void;
}

/** Writes records to a file that is open for this, one a line. */
export function createJournalWriter(descriptor: number): JournalWriter {
  let { size } = fstatSync(descriptor);
  const waiting: Buffer[] = [];
  let isTorn = false;
  let isOpen = true;

  const write = (line: Buffer): void => {
    // Half a record would spoil those that follow.
    if (isTorn) ftruncateSync(descriptor, size);
    isTorn = true;
    for (let written = 0; written < line.length;) {
      written += writeSync(descriptor, line, written);
    }
    isTorn = false;
    size += line.length;
  };
  const problem = (): Error | undefined => {
    try {
      for (let [line] = waiting; line !== undefined; [line] = waiting) {
        write(line);
        waiting.shift();
      }
      return undefined;
    } catch (error) {
      return error as Error;
    }
  };
  return {
    append: (record) => {
      // Its number may be that of another file by now.
      if (!isOpen) return;
      waiting.push(Buffer.from(`${JSON.stringify(record)}\n`));
      problem();
    },
    problem: () => (isOpen ? problem() : undefined),
    sync: () => {
      fsyncSync(descriptor);
    },
    close: () => {
      problem();
      isOpen = false;
      closeSync(descriptor);
    },
  };
}
