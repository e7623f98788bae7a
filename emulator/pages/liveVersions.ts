import type { Faults } from "../faults/injection";
import type { EmulatorState } from "../state/emulatorState";

/** How often a page with something that goes on shows how far it is. */
const liveMillis = 1000;
/** How often a page shows how long ago things were. */
const idleMillis = 30_000;

/** Versions of what live pages show, so that a page that is up to date costs next to nothing. */
export interface LiveVersions {
  /**
   * A version that changes with every run, with every fault, with these counts and, so that bars grow
   * and ages do, with time.
   */
  readonly version: (counts: readonly number[], pace: "live" | "idle") => string;
  /** The counts of a version; undefined if it is not one of this start of the emulator. */
  readonly countsOf: (version: string | null) => readonly number[] | undefined;
}

/** Creates the versions of an emulator. */
export function createLiveVersions(state: EmulatorState, faults: Faults): LiveVersions {
  let changes = 0;
  let start: string | undefined;
  state.changeListeners.add(() => {
    changes += 1;
  });
  return {
    version: (counts, pace) => {
      // With the first page, so that the ids of an emulator without pages stay what they were.
      start ??= state.newId();
      const faultCount = faults.all().length + faults.injected;
      const period = Math.floor(state.clock.now() / (pace === "live" ? liveMillis : idleMillis));
      return [start, ...counts, changes, faultCount, period].join("-");
    },
    countsOf: (version) => {
      const [versionStart, ...counts] = version?.split("-") ?? [];
      if (start === undefined || versionStart !== start) return undefined;
      return counts.map(Number);
    },
  };
}
