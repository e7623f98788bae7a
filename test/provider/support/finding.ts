import { findRuns } from "../../../provider/run/findRuns";
import { mayHaveStartedSince } from "../../../provider/run/startTime";
import { hasEnded } from "../../../provider/run/status";
import { createAutoClock } from "../../support/fakeClock";
import { key } from "./runs";
import type { FindRunsOptions, FoundRuns } from "../../../provider/run/findRuns";
import type { FakeTask } from "./runs";

/** Searches the runs of a fake task for those with the key of the tests. */
export function find(task: FakeTask, patch: Partial<FindRunsOptions> = {}): Promise<FoundRuns> {
  const { sinceMillis = Infinity } = patch;
  return findRuns({
    client: task.client,
    clock: createAutoClock(),
    actorTaskId: "task1",
    key,
    userAgents: new Map(),
    sinceMillis,
    isCandidate: (run) => !hasEnded(run.status) || mayHaveStartedSince(run, sinceMillis),
    newestReads: 10,
    isEnough: () => false,
    ...patch,
  });
}

/** The ids of the runs that were found, in their order. */
export function ids(found: FoundRuns): readonly string[] {
  return found.runs.map(({ id }) => id);
}
