/** What differs between Apify's answers at different times: delays, and fields that may be missing. */
export interface EmulatorSettings {
  /** How long a run stays READY. */
  startDelayMillis: number;
  /** How long a run stays ABORTING or TIMING-OUT after its code was killed. */
  stopDelayMillis: number;
  /** How long it takes until a dataset's `itemCount` includes a new item (up to 5 s at Apify). */
  itemCountLagMillis: number;
  /**
   * The fields of `meta` in lists of runs. Apify's schema allows all of them; the lists that its
   * users have published contain only the origin. @default origin
   */
  listedMeta: "full" | "origin";
  /** How many reads of a new run by its id are answered with a 404. */
  readLagReads: number;
  /** How long it takes until lists include a new run. */
  listLagMillis: number;
  /**
   * Where ad-hoc webhooks are delivered to. Apify delivers them to any URL; the emulator, by default
   * only to this machine, because the real receivers must not hear of runs that are not real.
   */
  webhookTargets: "thisMachine" | "any";
  /** How far the `Date` header is ahead of the emulator's clock. */
  dateSkewMillis: number;
  /** Whether answers have a `Date` header. */
  dateHeader: "sent" | "missing";
}

const defaults: EmulatorSettings = {
  startDelayMillis: 0,
  stopDelayMillis: 0,
  itemCountLagMillis: 0,
  listedMeta: "origin",
  readLagReads: 0,
  listLagMillis: 0,
  webhookTargets: "thisMachine",
  dateSkewMillis: 0,
  dateHeader: "sent",
};

/** The given settings, and the defaults of all others. Other properties are ignored. */
export function completeSettings(given: Partial<EmulatorSettings>): EmulatorSettings {
  const names = Object.keys(defaults) as (keyof EmulatorSettings)[];
  const set = names.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]);
  return { ...defaults, ...(Object.fromEntries(set) as Partial<EmulatorSettings>) };
}
