import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";

/**
 * The environment variables of an Actor. Of the emulator's own environment it gets only PATH.
 * https://docs.apify.com/platform/actors/development/programming-interface/environment-variables
 */
export function actorEnvironment(
  state: EmulatorState,
  { run, token, build, actor, inputKey }: RunEntry,
): Record<string, string> {
  const { timeoutSecs, memoryMbytes, maxItems, maxTotalChargeUsd } = run.options;
  const startedAt = new Date(state.clock.now());
  return {
    ...hostEnvironment(),
    APIFY_TOKEN: token,
    APIFY_API_BASE_URL: state.url,
    APIFY_IS_AT_HOME: "1",
    APIFY_META_ORIGIN: run.meta.origin,
    APIFY_USER_ID: run.userId,
    ACTOR_ID: actor.id,
    APIFY_ACTOR_ID: actor.id,
    ACTOR_FULL_NAME: `${actor.username}/${actor.name}`,
    ACTOR_BUILD_ID: build.id,
    ACTOR_BUILD_NUMBER: build.number,
    ACTOR_INPUT_KEY: inputKey,
    APIFY_INPUT_KEY: inputKey,
    ACTOR_STARTED_AT: startedAt.toISOString(),
    APIFY_STARTED_AT: startedAt.toISOString(),
    ...inBothNames("RUN_ID", run.id, "APIFY_ACTOR_RUN_ID"),
    ...inBothNames("MEMORY_MBYTES", String(memoryMbytes)),
    ...inBothNames("DEFAULT_DATASET_ID", run.defaultDatasetId),
    ...inBothNames("DEFAULT_KEY_VALUE_STORE_ID", run.defaultKeyValueStoreId),
    ...inBothNames("DEFAULT_REQUEST_QUEUE_ID", run.defaultRequestQueueId),
    ...(run.actorTaskId === null
      ? {}
      : inBothNames("TASK_ID", run.actorTaskId, "APIFY_ACTOR_TASK_ID")),
    ...(timeoutSecs === 0
      ? {}
      : inBothNames(
          "TIMEOUT_AT",
          new Date(startedAt.getTime() + timeoutSecs * 1000).toISOString(),
        )),
    ...(maxItems === undefined ? {} : { ACTOR_MAX_PAID_DATASET_ITEMS: String(maxItems) }),
    ...(maxTotalChargeUsd === undefined
      ? {}
      : { ACTOR_MAX_TOTAL_CHARGE_USD: String(maxTotalChargeUsd) }),
  };
}

/** Most variables have a new name and an older one that SDKs still read. */
function inBothNames(
  name: string,
  value: string,
  olderName = `APIFY_${name}`,
): Record<string, string> {
  return { [`ACTOR_${name}`]: value, [olderName]: value };
}

/** Windows cannot start a process without SystemRoot. */
function hostEnvironment(): Record<string, string> {
  const { PATH, SystemRoot } = process.env;
  return {
    ...(PATH === undefined ? {} : { PATH }),
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
  };
}
