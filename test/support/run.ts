import { runSchema } from "../../provider/apify/schemas/run";
import type { Run } from "../../provider/apify/schemas/run";

/** A live run as the API describes it, as far as a test does not say otherwise. */
export function aRun(patch: Partial<Run> = {}): Run {
  return runSchema.parse({
    id: "run1",
    actId: "actor1",
    userId: "user1",
    actorTaskId: "task1",
    status: "RUNNING",
    startedAt: "2026-01-01T00:00:00.000Z",
    buildId: "build1",
    defaultDatasetId: "dataset1",
    defaultKeyValueStoreId: "store1",
    defaultRequestQueueId: "queue1",
    ...patch,
  });
}
