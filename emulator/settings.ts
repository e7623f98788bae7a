/** How the emulator behaves where Apify's own timing and answers vary. */
export interface EmulatorSettings {
  /** How long a run stays READY. */
  startDelayMillis: number;
  /** How long a run that is killed stays ABORTING or TIMING-OUT. */
  stopDelayMillis: number;
  /** How long it takes until a dataset's `itemCount` shows a new item (up to 5 s at Apify). */
  itemCountLagMillis: number;
  /**
   * What of `meta` a list of runs shows. Apify's schema allows all of it; the lists that its users
   * show have the origin alone. @default origin
   */
  listedMeta: "full" | "origin";
  /** How many reads of a new run, by its id, still answer that there is no such run. */
  readLagReads: number;
  /** How long after its start a run appears in lists. */
  listLagMillis: number;
  /** How far the `Date` of the answers is ahead of the emulator's time. */
  dateSkewMillis: number;
  /** Whether the answers have a `Date`. */
  dateHeader: "sent" | "missing";
}

/** The whole behaviour, of which only a part was given. */
export function completeSettings(given: Partial<EmulatorSettings>): EmulatorSettings {
  const { startDelayMillis = 0, stopDelayMillis = 0, itemCountLagMillis = 0 } = given;
  const { listedMeta = "origin", readLagReads = 0, listLagMillis = 0 } = given;
  const { dateSkewMillis = 0, dateHeader = "sent" } = given;
  return {
    startDelayMillis,
    stopDelayMillis,
    itemCountLagMillis,
    listedMeta,
    readLagReads,
    listLagMillis,
    dateSkewMillis,
    dateHeader,
  };
}
