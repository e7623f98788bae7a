import { hasEnded } from "../../run/status";
import { createStartsInTurn } from "./startsInTurn";
import type { RunRecord } from "../../run/runRecord";
import type { ReplacedRun } from "../../run/chooseRun";
import type { Decision, RerunReason } from "./decision";
import type { TaskRunState } from "./state";
import type { StartsInTurn } from "./startsInTurn";

/** When the data of a run may be purged, whose resource is deleted with `onDelete: "purge"`. */
export type PurgeDecision =
  | { readonly when: "now" }
  /** The create of this owner purges it, once the new run has delivered. */
  | { readonly when: "afterDelivery"; readonly owner: string }
  /** The new run has not delivered, and this deployment does not wait for it. */
  | { readonly when: "never" };

/**
 * What the operations of one deployment tell each other. The engine does not tell `create` which
 * resource it replaces, nor `delete` whether another resource uses the run.
 */
export interface DeploymentLedger extends StartsInTurn {
  /** Records that the program declares a resource. `existing`: the state already holds its inputs. */
  recordDeclaration(owner: string, kind: "new" | "existing"): void;
  /** Records what was decided about a resource. */
  recordDecision(owner: string, state: TaskRunState, decision: Decision): void;
  /** The run that a create of this owner replaces, if this deployment decided so. */
  runToReplace(owner: string): ReplacedRun | undefined;
  /**
   * Whether a create of this owner replaces a recorded run although nothing was decided about it: the
   * user asked for that (`--replace`, `replacementTrigger`, `replaceWith`).
   */
  isForcedReplacement(owner: string): boolean;
  /** Records that this deployment started a run for a resource, or took one over. */
  recordRun(owner: string, runId: string): void;
  /** Records that the state holds this run of the owner's although it has not delivered, or not yet. */
  recordUndelivered(owner: string, runId: string): void;
  /** Records that the owner's run has delivered: it ended with an accepted status. */
  recordDelivered(owner: string): void;
  /** Records that a create of this owner is over, and hands out the purges that were deferred to it. */
  finishCreate(owner: string): {
    readonly delivered: boolean;
    readonly purges: readonly TaskRunState[];
  };
  /**
   * When the data of this run may be purged: not while it may be the last good data. A declared resource
   * replaces the run if it has the same owner, or if it was decided to replace that run: after a rename
   * the stored outputs still have the old owner. The owner alone has to do where the user forces the
   * replacement, since that is not decided here. With `deleteBeforeReplace` the engine deletes a resource
   * before it checks those that depend on it; any pending create may then replace it. A resource that the
   * program no longer declares is deleted after all creates.
   */
  decidePurge(owner: string, runId: string): PurgeDecision;
  /** Leaves the purge of this state to the create of this owner. */
  deferPurge(owner: string, state: TaskRunState): void;
  /**
   * Whether a resource uses this run although another one with the same run is being deleted. It may be
   * the replacement of what is deleted: it took the run over, by its key or by `adoptRunId`, in a
   * deployment that was killed before the delete. The owner of what is deleted does not tell: after a
   * rename the stored outputs still have the old one.
   */
  isInUse(runId: string): boolean;
}

/** How far a declared resource is. `pending`: it was checked, and nothing else is known yet. */
interface Progress {
  readonly state: "pending" | "delivered" | "undelivered";
  /** Its run, once it has one. */
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
    // A refresh decides about resources, too, which may be about to be deleted for good.
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
      // A forced replacement concerns what was decided to stay unchanged.
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
