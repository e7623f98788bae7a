import type { EmulatorState } from "../state/emulatorState";
import type { Actor, Build } from "../state/entities";

/** An Actor as `GET /v2/actors/:id` returns it. */
export function actorView(state: EmulatorState, actor: Actor): unknown {
  const runs = [...state.runs.values()].filter(({ run }) => run.actId === actor.id);
  const { build, timeoutSecs, memoryMbytes, restartOnError, maxItems } = actor.defaultRunOptions;
  return {
    id: actor.id,
    userId: actor.userId,
    username: actor.username,
    name: actor.name,
    title: actor.title,
    description: actor.description,
    isPublic: true,
    createdAt: actor.createdAt,
    modifiedAt: actor.modifiedAt,
    stats: {
      totalBuilds: actor.builds.length,
      totalRuns: runs.length,
      lastRunStartedAt: runs.at(-1)?.run.startedAt ?? null,
    },
    versions: versionsOf(actor),
    defaultRunOptions: {
      build: build ?? "latest",
      timeoutSecs: timeoutSecs ?? 300,
      memoryMbytes: memoryMbytes ?? 1024,
      restartOnError: restartOnError ?? false,
      ...(maxItems === undefined ? {} : { maxItems }),
    },
    taggedBuilds: Object.fromEntries(
      actor.builds.flatMap((each) => [...each.tags].map((tag) => [tag, taggedBuild(each)])),
    ),
    pricingInfos: actor.pricingInfo === undefined ? [] : [actor.pricingInfo],
  };
}

/** A build as lists contain it. */
export function buildListItem(actor: Actor, build: Build): object {
  return {
    id: build.id,
    actId: actor.id,
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
export function buildView(actor: Actor, build: Build): unknown {
  const [tag = null] = build.tags;
  return {
    ...buildListItem(actor, build),
    userId: actor.userId,
    stats: { durationMillis: 1000, runTimeSecs: 1, computeUnits: 0.004 },
    options: { useCache: false, betaPackages: false, memoryMbytes: 1024, diskMbytes: 2048 },
    actVersion: { versionNumber: versionOf(build), sourceType: "SOURCE_FILES", buildTag: tag },
    actorDefinition: {
      actorSpecification: 1,
      name: actor.name,
      version: versionOf(build),
      ...(build.inputSchema === undefined ? {} : { input: build.inputSchema }),
    },
    consoleUrl: `https://console.apify.com/actors/${actor.id}#/builds/${build.number}`,
  };
}

function versionsOf(actor: Actor): unknown[] {
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
  }));
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
