import { timestamp } from "../state/emulatorState";
import { eventsUrl } from "./events";
import type { EmulatorState } from "../state/emulatorState";
import type { Build, RunEntry } from "../state/entities";

/** https://docs.apify.com/platform/actors/running/usage-and-resources#cpu */
const mbytesPerCpu = 4096;
const webServerPort = "4321";

/** What a program needs to start; on Windows also the lower ones. */
const fromHost = /^(PATH|HOME|LANG|LC_[A-Z]+|TMPDIR)$/;
const fromWindows =
  /^(SYSTEMROOT|COMSPEC|PATHEXT|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMFILES|TEMP|TMP)$/i;

/**
 * The whole environment of an Actor. Nothing else of the emulator's own environment is in it, which
 * may hold secrets. An Actor's own variables cannot replace those of Apify.
 * https://docs.apify.com/platform/actors/development/programming-interface/environment-variables
 */
export function actorEnvironment(state: EmulatorState, entry: RunEntry): Record<string, string> {
  return {
    ...hostEnvironment(process.env, process.platform),
    // As in a container at Apify.
    TZ: "UTC",
    ...definedEnvironment(entry.build),
    ...withoutUndefined(apifyEnvironment(state, entry)),
  };
}

/**
 * The variables of an Actor's owner whose values are names of secrets, such as `@password`. Only
 * Apify's CLI has their values: https://docs.apify.com/cli/docs/vars
 */
export function secretVariables({ environmentVariables }: Build): string[] {
  return Object.entries(environmentVariables).flatMap(([name, value]) =>
    value.startsWith("@") ? [name] : [],
  );
}

function definedEnvironment(build: Build): Record<string, string> {
  const secret = new Set(secretVariables(build));
  const entries = Object.entries(build.environmentVariables);
  return Object.fromEntries(entries.filter(([name]) => !secret.has(name)));
}

function apifyEnvironment(
  state: EmulatorState,
  entry: RunEntry,
): Record<string, string | undefined> {
  const { run, token, build, actor, inputKey, timeoutAt } = entry;
  const { memoryMbytes, maxItems, maxTotalChargeUsd } = run.options;
  return {
    APIFY_TOKEN: token,
    APIFY_API_BASE_URL: state.url,
    APIFY_API_PUBLIC_BASE_URL: state.url,
    APIFY_IS_AT_HOME: "1",
    APIFY_HEADLESS: "1",
    APIFY_META_ORIGIN: run.meta.origin,
    APIFY_USER_ID: run.userId,
    APIFY_USER_IS_PAYING: entry.owner.pricingTier === "FREE" ? undefined : "1",
    APIFY_DEDICATED_CPUS: String(memoryMbytes / mbytesPerCpu),
    ACTOR_FULL_NAME: `${actor.username}/${actor.name}`,
    ACTOR_BUILD_TAGS: [...build.tags].join(","),
    ACTOR_PERMISSION_LEVEL: "FULL_PERMISSIONS",
    ACTOR_RESTART_ON_ERROR: entry.restartOnError ? "1" : undefined,
    ACTOR_STORAGES_JSON: JSON.stringify(run.storageIds),
    ACTOR_MAX_PAID_DATASET_ITEMS: maxItems?.toString(),
    ACTOR_MAX_TOTAL_CHARGE_USD: maxTotalChargeUsd?.toString(),
    ...pricingEnvironment(entry),
    ...inBothNames("ID", actor.id, "APIFY_ACTOR_ID"),
    ...inBothNames("RUN_ID", run.id, "APIFY_ACTOR_RUN_ID"),
    ...inBothNames("TASK_ID", run.actorTaskId ?? undefined, "APIFY_ACTOR_TASK_ID"),
    ...inBothNames("BUILD_ID", build.id, "APIFY_ACTOR_BUILD_ID"),
    ...inBothNames("BUILD_NUMBER", build.number, "APIFY_ACTOR_BUILD_NUMBER"),
    ...inBothNames("INPUT_KEY", inputKey),
    ...inBothNames("EVENTS_WEBSOCKET_URL", eventsUrl(state, entry), "APIFY_ACTOR_EVENTS_WS_URL"),
    ...inBothNames("WEB_SERVER_PORT", webServerPort, "APIFY_CONTAINER_PORT"),
    ...inBothNames("WEB_SERVER_URL", run.containerUrl ?? undefined, "APIFY_CONTAINER_URL"),
    ...inBothNames("MEMORY_MBYTES", String(memoryMbytes)),
    ...inBothNames("DEFAULT_DATASET_ID", run.defaultDatasetId),
    ...inBothNames("DEFAULT_KEY_VALUE_STORE_ID", run.defaultKeyValueStoreId),
    ...inBothNames("DEFAULT_REQUEST_QUEUE_ID", run.defaultRequestQueueId),
    ...inBothNames("STARTED_AT", timestamp(state)),
    ...inBothNames(
      "TIMEOUT_AT",
      timeoutAt === undefined ? undefined : new Date(timeoutAt).toISOString(),
    ),
  };
}

/** Saves the SDK a request for the run; only an Actor that is paid per event has both. */
function pricingEnvironment({ run, pricing }: RunEntry): Record<string, string | undefined> {
  if (run.chargedEventCounts === undefined) return {};
  return {
    APIFY_ACTOR_PRICING_INFO: JSON.stringify(pricing),
    APIFY_CHARGED_ACTOR_EVENT_COUNTS: JSON.stringify(run.chargedEventCounts),
  };
}

/** Most variables have a new name and an older one that SDKs still read. */
function inBothNames(
  name: string,
  value: string | undefined,
  olderName = `APIFY_${name}`,
): Record<string, string | undefined> {
  return { [`ACTOR_${name}`]: value, [olderName]: value };
}

/** The part of the emulator's environment that an Actor gets. */
export function hostEnvironment(
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): Record<string, string> {
  const names = Object.keys(environment).filter(
    (name) => fromHost.test(name) || (platform === "win32" && fromWindows.test(name)),
  );
  // On Windows the search path is called Path, and found by any spelling.
  if (platform === "win32" && !names.includes("PATH")) names.push("PATH");
  return withoutUndefined(Object.fromEntries(names.map((name) => [name, environment[name]])));
}

function withoutUndefined(values: Record<string, string | undefined>): Record<string, string> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Record<string, string>;
}
