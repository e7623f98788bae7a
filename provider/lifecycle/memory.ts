import { hasEnded } from "../run/status";
import type { Run } from "../apify/schemas/run";
import type { SeenRun } from "../run/adopt";
import type { Decision } from "./diff";
import type { TaskRunState } from "./state";

/**
 * What the operations of one deployment know from each other: the engine tells `create` nothing of
 * the resource that it replaces, and `delete` nothing of who else has the run.
 */
export interface DeploymentMemory {
  /** Notes that the program declares a resource, so that there is to be one afterwards. */
  declared(owner: string): void;
  /** Notes what was decided about a resource. */
  decided(owner: string, state: TaskRunState, decision: Decision): void;
  /** The run that a create of this owner is to replace, if this deployment saw it. */
  replacedBy(owner: string): SeenRun | undefined;
  /** Notes that a resource was given this run by this deployment. */
  given(owner: string, runId: string): void;
  /** Notes that this run of the owner's is recorded although it has not delivered, or not yet. */
  notDelivered(owner: string, runId: string): void;
  /** Notes that the run of this owner has delivered what was asked for. */
  delivered(owner: string): void;
  /**
   * Whether this run may still be the last good one, although it was replaced: no declared resource has
   * a successor of it that delivered. What was stored before its resource was renamed has another
   * owner, so the run counts, too; and the owner does, because a replacement that the user asks for
   * is not decided.
   */
  hasNoSuccessor(owner: string, runId: string): boolean;
  /**
   * Whether a resource keeps this run, although one that has it is being deleted. The keeper may be the
   * successor of what is deleted: it took the run over, or was given it by `adoptRunId`, in a
   * deployment that was killed before it came to delete the predecessor. Who is deleted does not tell:
   * after a rename the stored outputs still have the old name.
   */
  isKept(runId: string): boolean;
}

/** A memory for one deployment, which is one process of Pulumi's host. */
export function createMemory(): DeploymentMemory {
  const declared = new Set<string>();
  const replaced = new Map<string, SeenRun>();
  const unchanged = new Map<string, string>();
  const given = new Map<string, string>();
  const undelivered = new Map<string, string>();
  return {
    declared: (owner) => {
      declared.add(owner);
    },
    decided: (owner, { run }, decision) => {
      if (decision.action === "rerun") {
        const { id, startedAt } = run;
        replaced.set(owner, { id, startedAt, standing: standingOf(run, decision.because) });
        unchanged.delete(owner);
      } else {
        unchanged.set(owner, run.id);
        if (!hasEnded(run.status)) undelivered.set(owner, run.id);
      }
    },
    replacedBy: (owner) => replaced.get(owner),
    given: (owner, runId) => {
      given.set(owner, runId);
      // The engine replaces, when it is told to, what was to stay as it is.
      unchanged.delete(owner);
    },
    notDelivered: (owner, runId) => {
      undelivered.set(owner, runId);
    },
    delivered: (owner) => {
      undelivered.delete(owner);
    },
    hasNoSuccessor: (owner, runId) =>
      [...undelivered].some(
        ([successor, its]) =>
          declared.has(successor) &&
          its !== runId &&
          (successor === owner || replaced.get(successor)?.id === runId),
      ),
    isKept: (runId) =>
      [...given.values()].includes(runId) ||
      // A refresh decides about resources, too, which may be about to be deleted for good.
      [...unchanged].some(([keeper, kept]) => kept === runId && declared.has(keeper)),
  };
}

function standingOf({ status }: Run, because: readonly string[]): SeenRun["standing"] {
  if (because.includes("trackedBuild") || because.includes("trackedTask")) return "outdated";
  return hasEnded(status) ? "over" : "missing";
}
