import { runSchema } from "../../provider/apify/schemas/run";
import type { Run } from "../../provider/apify/schemas/run";

/** A run of which all is there that Apify promises. */
type WholeRun = Run &
  Readonly<
    Record<
      | "actId"
      | "userId"
      | "startedAt"
      | "buildId"
      | "defaultDatasetId"
      | "defaultKeyValueStoreId"
      | "defaultRequestQueueId",
      string
    >
  >;

/** A live run as the API describes it, as far as a test does not say otherwise. */
export function aRun(patch: Partial<Run> = {}): WholeRun {
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
  }) as WholeRun;
}

/** What version 0.1.0 stored of a run of which only the id was known. */
export const unreadOf010: Run = {
  id: "run1",
  status: "READY",
  actId: "",
  userId: "",
  startedAt: "",
  buildId: "",
  defaultDatasetId: "",
  defaultKeyValueStoreId: "",
  defaultRequestQueueId: "",
};
