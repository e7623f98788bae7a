/** What is to happen at which time; the time moves only when it is told to. */
export interface Agenda {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Calls back once, after `millis`; call what it returns to call that off. */
  readonly add: (millis: number, callback: () => void) => () => void;
  /** Moves to what is due next, by `until` at the latest, and lets it happen; false when nothing is. */
  readonly fireNext: (until: number) => boolean;
  /** Moves on; nothing happens on the way. */
  readonly moveTo: (time: number) => void;
  /** Grows with everything that is added, called off or happens. */
  readonly changes: () => number;
}

interface Entry {
  readonly due: number;
  readonly callback: () => void;
}

/** Makes an agenda with nothing on it. */
export function agenda(start: number): Agenda {
  const entries = new Set<Entry>();
  let now = start;
  let changes = 0;

  const remove = (entry: Entry): void => {
    if (entries.delete(entry)) changes += 1;
  };

  // Of those due at one time, the one that was added first.
  const next = (): Entry | undefined => {
    let first: Entry | undefined;
    for (const entry of entries) if (first === undefined || entry.due < first.due) first = entry;
    return first;
  };

  return {
    now: () => now,
    add: (millis, callback) => {
      const entry = { due: now + Math.max(0, millis), callback };
      entries.add(entry);
      changes += 1;
      return () => {
        remove(entry);
      };
    },
    fireNext: (until) => {
      const entry = next();
      if (entry === undefined || entry.due > until) return false;
      remove(entry);
      now = entry.due;
      entry.callback();
      return true;
    },
    moveTo: (time) => {
      now = time;
    },
    changes: () => changes,
  };
}
