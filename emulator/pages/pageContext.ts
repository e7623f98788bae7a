import type { Faults } from "../faults/injection";
import type { EmulatorState } from "../state/emulatorState";
import type { LiveVersions } from "./liveVersions";

/** What pages are made from, other than the request. */
export interface PageContext {
  readonly state: EmulatorState;
  readonly faults: Faults;
  readonly versions: LiveVersions;
}
