import type { EnsuredRun } from "../../run/ensureRun";

/** Lets the resources of one deployment that share a run key share its run. */
export interface StartsInTurn {
  /**
   * Gets the run for a run key, after all earlier calls with the same key. `start` receives the id of the run
   * that an earlier call got, which Apify's lists may not show yet. After a call that may have started a run,
   * without anybody knowing, every later one has the same outcome and starts nothing.
   *
   * @param onWait Called if an earlier call with the same key is still in progress.
   */
  startInTurn(
    key: string,
    start: (earlierRunId: string | undefined) => Promise<EnsuredRun>,
    onWait: () => void,
  ): Promise<EnsuredRun>;
}

/**
 * Only resources with one `idempotencyKey` share a run key. Pulumi creates resources at the same time, and
 * two that look for the run before either has started it would start it twice.
 */
export function createStartsInTurn(): StartsInTurn {
  const inProgress = new Map<string, Promise<EnsuredRun>>();
  const settled = new Map<string, EnsuredRun>();
  return {
    startInTurn: async (key, start, onWait) => {
      if (inProgress.has(key)) onWait();
      for (
        let earlier = inProgress.get(key);
        earlier !== undefined;
        earlier = inProgress.get(key)
      ) {
        await earlier.catch(() => undefined);
      }
      const last = settled.get(key);
      if (last?.outcome === "unknown") return last;
      const starting = start(last?.outcome === "obtained" ? last.runId : undefined);
      inProgress.set(key, starting);
      try {
        const ensured = await starting;
        if (ensured.outcome !== "refused") settled.set(key, ensured);
        return ensured;
      } finally {
        inProgress.delete(key);
      }
    },
  };
}
