import type { Caller } from "../http/request";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";
import type { Run } from "../state/run";

/** A run as `GET /v2/actor-runs/:id` returns it. Only callers with a token see its cost. */
export function runView({ run }: RunEntry, caller: Caller | undefined): Run {
  const shown = structuredClone(run);
  if (caller !== undefined) return shown;
  delete shown.usageUsd;
  delete shown.usageTotalUsd;
  return shown;
}

/** A run as lists contain it. */
export function runListItem(state: EmulatorState, { run }: RunEntry): Partial<Run> {
  const { origin } = run.meta;
  return {
    id: run.id,
    actId: run.actId,
    userId: run.userId,
    actorTaskId: run.actorTaskId,
    status: run.status,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    buildId: run.buildId,
    buildNumber: run.buildNumber,
    meta:
      state.settings.listedMeta === "full"
        ? structuredClone(run.meta)
        : ({ origin } as Run["meta"]),
    usageTotalUsd: run.usageTotalUsd ?? null,
    defaultKeyValueStoreId: run.defaultKeyValueStoreId,
    defaultDatasetId: run.defaultDatasetId,
    defaultRequestQueueId: run.defaultRequestQueueId,
  };
}
