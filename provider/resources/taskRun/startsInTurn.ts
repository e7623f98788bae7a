import type { EnsuredRun } from "../../run/ensureRun";

/** Lets the resources of one deployment that share a run key share its run. */
export interface StartsInTurn {
  /**
   * Gets the run for a run key, after all earlier calls with the same key. `start` receives the id of the run
   * that the latest of these calls got, which Apify's lists may not show yet.
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
  const busy = new Set<string>();
  const last = new Map<string, Promise<string | undefined>>();
  return {
    startInTurn: (key, start, onWait) => {
      if (busy.has(key)) onWait();
      busy.add(key);
      const before = last.get(key) ?? Promise.resolve(undefined);
      const mine = before.then(start);
      const runId = before.then((earlier) =>
        mine.then(
          (ensured) => (ensured.outcome === "obtained" ? ensured.runId : earlier),
          () => earlier,
        ),
      );
      last.set(key, runId);
      void runId.then(() => {
        if (last.get(key) === runId) busy.delete(key);
      });
      return mine;
    },
  };
}
