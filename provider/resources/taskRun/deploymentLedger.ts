import { hasEnded } from "../../run/status";
import { createStartsInTurn } from "./startsInTurn";
import type { RunRecord } from "../../run/runRecord";
import type { ReplacedRun } from "../../run/chooseRun";
import type { Decision, RerunReason } from "./decision";
import type { TaskRunState } from "./state";
import type { StartsInTurn } from "./startsInTurn";

/** When the data of a run may be purged, if its resource is deleted with `onDelete: "purge"`. */
export type PurgeDecision =
  | { readonly when: "now" }
  /** The create of this owner will purge it once the new run is good. */
  | { readonly when: "afterDelivery"; readonly owner: string }
  /** The new run is not good, and this deployment does not wait for it any more. */
  | { readonly when: "never" };

/**
 * A record of one deployment that its operations share. The engine does not tell `create` which run it
 * replaces, nor `delete` whether another resource uses the run. docs/architecture.md defines the words.
 */
export interface DeploymentLedger extends StartsInTurn {
  /** Records that the program declares a resource. `existing`: the state already has it. */
  recordDeclaration(owner: string, kind: "new" | "existing"): void;
  /** Records what was decided about a resource. */
  recordDecision(owner: string, state: TaskRunState, decision: Decision): void;
  /** The run that this owner's create replaces, if this deployment decided on a rerun. */
  runToReplace(owner: string): ReplacedRun | undefined;
  /**
   * Whether this owner's create replaces a recorded run without a decision of this package, because the user
   * forces the replacement (`--replace`, `replacementTrigger`, `replaceWith`).
   */
  isForcedReplacement(owner: string): boolean;
  /** Records the run that this deployment started, found or adopted for a resource. */
  recordRun(owner: string, runId: string): void;
  /** Records that the state will hold this run although it is not good, or not yet. */
  recordUndelivered(owner: string, runId: string): void;
  /** Records that the owner has delivered: its run is good. */
  recordDelivered(owner: string): void;
  /** Records that this owner's create is over, and returns the purges that were deferred to it. */
  finishCreate(owner: string): {
    readonly delivered: boolean;
    readonly purges: readonly TaskRunState[];
  };
  /**
   * When the data of this run may be purged: not while it may be the last good data. A declared resource
   * replaces the run if it has the same owner, or if a rerun was decided for that run. The second test is
   * needed after a rename, when the stored outputs still have the old owner; the first when the user forces
   * a replacement, about which no decision is recorded. With `deleteBeforeReplace` the engine deletes a
   * resource before it checks its dependents; any pending create may then be the replacement. A resource
   * that the program no longer declares is deleted after all creates.
   */
  decidePurge(owner: string, runId: string): PurgeDecision;
  /** Defers the purge of this run to the create of this owner. */
  deferPurge(owner: string, state: TaskRunState): void;
  /**
   * Whether another resource still uses the run of a resource that is being deleted. That may be its
   * replacement, which found or adopted the run in a deployment that was killed
   * before the delete. Owners cannot answer this: after a rename the stored outputs still have the old one.
   */
  isInUse(runId: string): boolean;
}

/** The progress of a declared resource. `pending`: it was checked, and nothing else is known yet. */
interface Progress {
  readonly state: "pending" | "delivered" | "undelivered";
  /** The id of its run, once it has one. */
  readonly runId?: string | undefined;
}

/** Opens the ledger of one deployment. */
export function createDeploymentLedger(): DeploymentLedger {
  const progress = new Map<string, Progress>();
  const existing = new Set<string>();
  const replaced = new Map<string, ReplacedRun>();
  const unchanged = new Map<string, string>();
  const runByOwner = new Map<string, string>();
  const purges = new Map<string, TaskRunState[]>();
  const advance = (owner: string, next: Progress): void => {
    // A refresh also decides about resources that the program does not declare any more.
    if (progress.has(owner)) progress.set(owner, next);
  };
  return {
    ...createStartsInTurn(),
    recordDeclaration: (owner, kind) => {
      if (kind === "existing") existing.add(owner);
      progress.set(owner, { state: "pending" });
    },
    recordDecision: (owner, { run }, decision) => {
      if (decision.action === "rerun") {
        const { id, startedAt } = run;
        replaced.set(owner, { id, startedAt, reusableIf: reusableIf(run, decision.reasons) });
        unchanged.delete(owner);
      } else {
        unchanged.set(owner, run.id);
        advance(owner, {
          state: hasEnded(run.status) ? "delivered" : "undelivered",
          runId: run.id,
        });
      }
    },
    runToReplace: (owner) => replaced.get(owner),
    isForcedReplacement: (owner) =>
      !replaced.has(owner) && (existing.has(owner) || unchanged.has(owner) || purges.has(owner)),
    recordRun: (owner, runId) => {
      runByOwner.set(owner, runId);
      // In a forced replacement, the decision was to leave the resource unchanged.
      unchanged.delete(owner);
    },
    recordUndelivered: (owner, runId) => {
      advance(owner, { state: "undelivered", runId });
    },
    recordDelivered: (owner) => {
      advance(owner, {
        state: "delivered",
        runId: runByOwner.get(owner) ?? progress.get(owner)?.runId,
      });
    },
    finishCreate: (owner) => {
      const last = progress.get(owner);
      if (last?.state === "pending") advance(owner, { ...last, state: "undelivered" });
      const deferred = purges.get(owner) ?? [];
      purges.delete(owner);
      return { delivered: last?.state === "delivered", purges: deferred };
    },
    decidePurge: (owner, runId) => {
      const replacements = [...progress].filter(
        ([declared, its]) =>
          its.runId !== runId && (declared === owner || replaced.get(declared)?.id === runId),
      );
      if (replacements.some(([, { state }]) => state === "delivered")) return { when: "now" };
      const pending = replacements.find(([, { state }]) => state === "pending");
      if (pending !== undefined) return { when: "afterDelivery", owner: pending[0] };
      if (replacements.length > 0) return { when: "never" };
      const isAhead = [...progress.values()].some(({ state }) => state === "pending");
      return isAhead ? { when: "afterDelivery", owner } : { when: "now" };
    },
    deferPurge: (owner, state) => {
      purges.set(owner, [...(purges.get(owner) ?? []), state]);
    },
    isInUse: (runId) =>
      [...runByOwner.values()].includes(runId) ||
      [...unchanged].some(([owner, its]) => its === runId && progress.has(owner)),
  };
}

function reusableIf(
  { status }: RunRecord,
  reasons: readonly RerunReason[],
): ReplacedRun["reusableIf"] {
  const isOutdated = reasons.some(
    ({ property }) => property === "trackedBuild" || property === "trackedTask",
  );
  if (isOutdated) return "never";
  return hasEnded(status) ? "running" : "runningOrGood";
}
