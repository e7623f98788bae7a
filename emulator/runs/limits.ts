import { ApiError } from "../http/errors";
import { liveRunsOf } from "../state/runIndex";
import type { EmulatorState } from "../state/emulatorState";
import type { User } from "../state/entities";

/** The memory and the number of runs that an account uses now. */
export function accountUse(
  state: EmulatorState,
  user: User,
): { memoryMbytes: number; runs: number } {
  const live = liveRunsOf(state.runIndex, user.id);
  const memoryMbytes = live.reduce((sum, { run }) => sum + run.options.memoryMbytes, 0);
  return { memoryMbytes, runs: live.length };
}

/**
 * Checks that one more run fits into the limits of the account. Apify never queues a start.
 *
 * @throws ApiError, 402, if it does not
 */
export function checkLimits(state: EmulatorState, user: User, memoryMbytes: number): void {
  const use = accountUse(state, user);
  const { maxConcurrentRuns, maxMemoryMbytes } = user.limits;
  if (use.runs + 1 > maxConcurrentRuns) {
    throw new ApiError("concurrent-runs-limit-exceeded", {
      message:
        `By launching this job you will exceed your limit of ${maxConcurrentRuns} concurrent ` +
        `Actor runs and builds. Please consider an upgrade or contact support.`,
    });
  }
  if (use.memoryMbytes + memoryMbytes > maxMemoryMbytes) {
    throw new ApiError("actor-memory-limit-exceeded", {
      message:
        `By launching this job you will exceed the memory limit of ${maxMemoryMbytes}MB for all ` +
        `your Actor runs and builds (currently used: ${use.memoryMbytes}MB, ` +
        `requested: ${memoryMbytes}MB). Please consider an upgrade or contact support.`,
    });
  }
}
