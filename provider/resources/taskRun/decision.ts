import type { Staleness } from "../../run/freshness";
import type { ArgumentName } from "./argumentTable";
import type { Tracked } from "./state";

/** What a deployment does with a resource. */
export type Decision =
  | { readonly action: "nothing" }
  /** Store new arguments, or resume a wait; starts no run. */
  | { readonly action: "update" }
  /** Replace the resource, for these reasons, at least one: `create` starts, finds or adopts a run. */
  | { readonly action: "rerun"; readonly reasons: readonly RerunReason[] };

/** Why a resource is replaced. */
export interface RerunReason {
  /** The property that changed, or may have changed once its value is known. */
  readonly property: ArgumentName | keyof Tracked | "status" | "expired";
  /** For `maxAgeSecs` and `cron`, once their values are known: how the run became stale. */
  readonly staleness?: Staleness;
}
