import type { Faults } from "../faults/injection";
import type { EmulatorState } from "../state/emulatorState";
import type { LiveVersions } from "./liveVersions";

/** What pages are made from. */
export interface PageParts {
  readonly state: EmulatorState;
  readonly faults: Faults;
  readonly versions: LiveVersions;
}
