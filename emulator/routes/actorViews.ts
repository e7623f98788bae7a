import { buildConsoleUrl } from "../state/consoleUrls";
import { runList } from "../state/runIndex";
import type { EmulatorState } from "../state/emulatorState";
import type { Actor, Build, RunEntry } from "../state/entities";

/** An Actor as `GET /v2/actors/:id` returns it. */
export function actorView(state: EmulatorState, actor: Actor): object {
  const { build, timeoutSecs, memoryMbytes, restartOnError, maxItems } = actor.defaultRunOptions;
  return {
    id: actor.id,
    userId: actor.userId,
    username: actor.username,
    name: actor.name,
    title: actor.title,
    description: actor.description,
    isPublic: true,
    isDeprecated: false,
    actorPermissionLevel: "LIMITED_PERMISSIONS",
    createdAt: actor.createdAt,
    modifiedAt: actor.modifiedAt,
    stats: actorStats(state, actor),
    versions: versionsOf(actor),
    defaultRunOptions: {
      build: build ?? "latest",
      timeoutSecs: timeoutSecs ?? 300,
      memoryMbytes: memoryMbytes ?? 1024,
      restartOnError: restartOnError ?? false,
      ...(maxItems === undefined ? {} : { maxItems }),
    },
    exampleRunInput: null,
    taggedBuilds: Object.fromEntries(
      actor.builds.flatMap((each) => [...each.tags].map((tag) => [tag, taggedBuild(each)])),
    ),
    pricingInfos: actor.pricingInfo === undefined ? [] : [actor.pricingInfo],
    actorStandby: null,
    standbyUrl: null,
  };
}

/** An Actor as lists contain it. */
export function actorListItem(state: EmulatorState, actor: Actor): object {
  const { id, name, username, title, createdAt, modifiedAt } = actor;
  return {
    ...{ id, createdAt, modifiedAt, name, username },
    ...(title === null ? {} : { title }),
    stats: actorStats(state, actor),
  };
}

/** The last run of an account's runs of an Actor. */
export function lastRunOf(
  { runIndex }: EmulatorState,
  actor: Actor,
  user: { readonly id: string },
): RunEntry | undefined {
  return runList(runIndex, { userId: user.id, actId: actor.id }).at(-1);
}

function actorStats(state: EmulatorState, actor: Actor): object {
  const lists = state.users.map((user) =>
    runList(state.runIndex, { userId: user.id, actId: actor.id }),
  );
  const starts = lists.map((list) => list.at(-1)?.run.startedAt ?? "");
  const lastRunStartedAt = starts.sort().at(-1) ?? "";
  return {
    totalBuilds: actor.builds.length,
    totalRuns: lists.reduce((sum, list) => sum + list.length, 0),
    totalUsers: lists.filter((list) => list.length > 0).length,
    ...(lastRunStartedAt === "" ? {} : { lastRunStartedAt }),
  };
}

/** The versions of an Actor; those of its builds. */
export function versionsOf(actor: Actor): { readonly versionNumber: string }[] {
  const tags = new Map<string, string | null>();
  for (const build of actor.builds) {
    const [tag = null] = build.tags;
    tags.set(versionOf(build), tag ?? tags.get(versionOf(build)) ?? null);
  }
  return [...tags].map(([versionNumber, buildTag]) => ({
    versionNumber,
    sourceType: "SOURCE_FILES",
    buildTag,
    envVars: [],
    applyEnvVarsToBuild: false,
    sourceFiles: [],
  }));
}

/** A build as lists contain it. */
export function buildListItem(actor: Actor, build: Build): object {
  return {
    id: build.id,
    actId: actor.id,
    userId: actor.userId,
    status: "SUCCEEDED",
    startedAt: build.createdAt,
    finishedAt: build.createdAt,
    usageTotalUsd: 0.001,
    buildNumber: build.number,
    buildNumberInt: numberInt(build),
    meta: { origin: "WEB" },
  };
}

/** A build as `GET /v2/actor-builds/:id` returns it. */
export function buildView(state: EmulatorState, actor: Actor, build: Build): object {
  const [tag = null] = build.tags;
  return {
    ...buildListItem(actor, build),
    stats: { durationMillis: 1000, runTimeSecs: 1, computeUnits: 0.004 },
    usage: { ACTOR_COMPUTE_UNITS: 0.004 },
    usageUsd: { ACTOR_COMPUTE_UNITS: 0.001 },
    options: { useCache: false, betaPackages: false, memoryMbytes: 1024, diskMbytes: 2048 },
    actVersion: { versionNumber: versionOf(build), sourceType: "SOURCE_FILES", buildTag: tag },
    actorDefinition: {
      actorSpecification: 1,
      name: actor.name,
      version: versionOf(build),
      ...(tag === null ? {} : { buildTag: tag }),
      ...(build.inputSchema === undefined ? {} : { input: build.inputSchema }),
    },
    consoleUrl: buildConsoleUrl(state, actor.id, build.number),
  };
}

function taggedBuild(build: Build): unknown {
  return {
    buildId: build.id,
    buildNumber: build.number,
    buildNumberInt: numberInt(build),
    finishedAt: build.createdAt,
  };
}

function versionOf({ number }: Build): string {
  return number.split(".").slice(0, 2).join(".");
}

/** Apify writes 1.0.15 as 10000015. */
function numberInt({ number }: Build): number {
  const [major = 0, minor = 0, patch = 0] = number.split(".").map(Number);
  return major * 10_000_000 + minor * 100_000 + patch;
}
