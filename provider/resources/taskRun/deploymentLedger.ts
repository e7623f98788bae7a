import { hasEnded } from "../../run/status";
import type { RunRecord } from "../../run/runRecord";
import type { ReplacedRun } from "../../run/chooseRun";
import type { Decision } from "./decide";
import type { RecordedState } from "./state";

/** What may become of the data of a run whose resource is deleted with `onDelete: "purge"`. */
export type PurgeVerdict =
  | { readonly purge: "now" }
  /** The run that replaces it is still to be started: once it has delivered, its create does the purge. */
  | { readonly purge: "onceDelivered"; readonly by: string }
  /** The run that replaces it has not delivered, or not yet. */
  | { readonly purge: "never" };

/**
 * What the operations of one deployment know from each other: the engine tells `create` nothing of
 * the resource that it replaces, and `delete` nothing of who else has the run.
 */
export interface DeploymentMemory {
  /**
   * Notes that the program declares a resource, so that there is to be one afterwards. `existed`: the
   * engine gave the inputs of one that the state has.
   */
  declared(owner: string, existed?: "existed"): void;
  /** Notes what was decided about a resource. */
  decided(owner: string, state: RecordedState, decision: Decision): void;
  /** The run that a create of this owner is to replace, if this deployment saw it. */
  replacedBy(owner: string): ReplacedRun | undefined;
  /**
   * Whether the state has a run of this owner's, but nobody decided about it: the engine replaces it
   * because the user asks for that (`replacementTrigger`, `replaceWith`).
   */
  replacesUnseen(owner: string): boolean;
  /** Notes that a resource was given this run by this deployment. */
  given(owner: string, runId: string): void;
  /** Notes that this run of the owner's is recorded although it has not delivered, or not yet. */
  notDelivered(owner: string, runId: string): void;
  /** Notes that the run of this owner has delivered what was asked for. */
  delivered(owner: string): void;
  /** Notes that a create of this owner came to its end, and takes the purges that waited for it. */
  created(owner: string): {
    readonly delivered: boolean;
    readonly purges: readonly RecordedState[];
  };
  /**
   * Whether the data of this run may be purged. It may be the last good data while a declared resource
   * is to replace it. What was stored before its resource was renamed has another owner, so the run
   * counts, too; and the owner does, because a replacement that the user asks for is not decided. The
   * engine also deletes ahead of time what depends on a resource that it replaces, and then nothing is
   * known of it yet; a resource that the program no longer has is deleted when all creates are done.
   */
  purgeVerdict(owner: string, runId: string): PurgeVerdict;
  /** Leaves the purge of this state to the create of this owner. */
  purgeLater(by: string, state: RecordedState): void;
  /**
   * Whether a resource keeps this run, although one that has it is being deleted. The keeper may be the
   * successor of what is deleted: it took the run over, or was given it by `adoptRunId`, in a
   * deployment that was killed before it came to delete the predecessor. Who is deleted does not tell:
   * after a rename the stored outputs still have the old name.
   */
  isKept(runId: string): boolean;
}

/** How far a declared resource is. `pending`: its check was the last that was heard of it. */
interface Progress {
  readonly state: "pending" | "delivered" | "undelivered";
  /** Its run, once it has one. */
  readonly runId?: string | undefined;
}

/** A memory for one deployment, which is one process of Pulumi's host. */
export function createMemory(): DeploymentMemory {
  const progress = new Map<string, Progress>();
  const existing = new Set<string>();
  const replaced = new Map<string, ReplacedRun>();
  const unchanged = new Map<string, string>();
  const given = new Map<string, string>();
  const purges = new Map<string, RecordedState[]>();
  const advance = (owner: string, next: Progress): void => {
    // A refresh decides about resources, too, which may be about to be deleted for good.
    if (progress.has(owner)) progress.set(owner, next);
  };
  return {
    declared: (owner, existed) => {
      if (existed !== undefined) existing.add(owner);
      progress.set(owner, { state: "pending" });
    },
    decided: (owner, { run }, decision) => {
      if (decision.action === "rerun") {
        const { id, startedAt } = run;
        replaced.set(owner, { id, startedAt, reusableIf: reusableIf(run, decision.because) });
        unchanged.delete(owner);
      } else {
        unchanged.set(owner, run.id);
        advance(owner, {
          state: hasEnded(run.status) ? "delivered" : "undelivered",
          runId: run.id,
        });
      }
    },
    replacedBy: (owner) => replaced.get(owner),
    replacesUnseen: (owner) =>
      !replaced.has(owner) && (existing.has(owner) || unchanged.has(owner) || purges.has(owner)),
    given: (owner, runId) => {
      given.set(owner, runId);
      // The engine replaces, when it is told to, what was to stay as it is.
      unchanged.delete(owner);
    },
    notDelivered: (owner, runId) => {
      advance(owner, { state: "undelivered", runId });
    },
    delivered: (owner) => {
      advance(owner, { state: "delivered", runId: given.get(owner) ?? progress.get(owner)?.runId });
    },
    created: (owner) => {
      const last = progress.get(owner);
      if (last?.state === "pending") advance(owner, { ...last, state: "undelivered" });
      const waiting = purges.get(owner) ?? [];
      purges.delete(owner);
      return { delivered: last?.state === "delivered", purges: waiting };
    },
    purgeVerdict: (owner, runId) => {
      const successors = [...progress].filter(
        ([successor, its]) =>
          its.runId !== runId && (successor === owner || replaced.get(successor)?.id === runId),
      );
      if (successors.some(([, { state }]) => state === "delivered")) return { purge: "now" };
      const pending = successors.find(([, { state }]) => state === "pending");
      if (pending !== undefined) return { purge: "onceDelivered", by: pending[0] };
      if (successors.length > 0) return { purge: "never" };
      const isAhead = [...progress.values()].some(({ state }) => state === "pending");
      return isAhead ? { purge: "onceDelivered", by: owner } : { purge: "now" };
    },
    purgeLater: (by, state) => {
      purges.set(by, [...(purges.get(by) ?? []), state]);
    },
    isKept: (runId) =>
      [...given.values()].includes(runId) ||
      [...unchanged].some(([keeper, kept]) => kept === runId && progress.has(keeper)),
  };
}

function reusableIf({ status }: RunRecord, because: readonly string[]): ReplacedRun["reusableIf"] {
  if (because.includes("trackedBuild") || because.includes("trackedTask")) return "never";
  return hasEnded(status) ? "running" : "runningOrGood";
}
