import { z } from "zod";
import { buildNumber, count, dateTime, id } from "./common";
import { pricingInfo } from "./pricing";
import { actorStandby } from "./task";

/** The source types of an Actor's version. */
export const sourceType = z.enum(["SOURCE_FILES", "GIT_REPO", "TARBALL", "GITHUB_GIST"]);

/** A version number, such as `0.1`. */
export const versionNumber = z.string().regex(/^\d{1,2}\.\d{1,2}$/);

const permissionLevel = z.enum(["LIMITED_PERMISSIONS", "FULL_PERMISSIONS"]);

const stats = z.strictObject({
  totalBuilds: count.optional(),
  totalRuns: count.optional(),
  totalUsers: count.optional(),
  totalUsers7Days: count.optional(),
  totalUsers30Days: count.optional(),
  totalUsers90Days: count.optional(),
  totalMetamorphs: count.optional(),
  lastRunStartedAt: dateTime.optional(),
  actorReviewCount: count.optional(),
  actorReviewRating: z.number().optional(),
  bookmarkCount: count.optional(),
  publicActorRunStats30Days: z.record(z.string(), count).optional(),
});

const version = z.strictObject({
  versionNumber,
  sourceType: sourceType.nullable(),
  envVars: z
    .array(
      z.strictObject({
        name: z.string(),
        value: z.string().optional(),
        isSecret: z.boolean().nullish(),
      }),
    )
    .nullish(),
  applyEnvVarsToBuild: z.boolean().nullish(),
  buildTag: z.string().nullish(),
  sourceFiles: z.array(z.record(z.string(), z.unknown())).optional(),
  gitRepoUrl: z.string().nullish(),
  tarballUrl: z.string().nullish(),
  gitHubGistUrl: z.string().nullish(),
});

const taggedBuild = z.strictObject({
  buildId: id.optional(),
  buildNumber: buildNumber.nullish(),
  buildNumberInt: count.optional(),
  finishedAt: dateTime.nullish(),
});

/** An Actor: https://docs.apify.com/api/v2/act-get */
export const actor = z.strictObject({
  id,
  userId: id,
  name: z.string().min(1),
  username: z.string().min(1),
  description: z.string().nullish(),
  restartOnError: z.boolean().optional(),
  isPublic: z.boolean(),
  actorPermissionLevel: permissionLevel.optional(),
  createdAt: dateTime,
  modifiedAt: dateTime,
  stats,
  versions: z.array(version),
  pricingInfos: z.array(pricingInfo).optional(),
  defaultRunOptions: z.strictObject({
    build: z.string().optional(),
    timeoutSecs: count.optional(),
    memoryMbytes: count.optional(),
    restartOnError: z.boolean().optional(),
    maxItems: count.nullish(),
    forcePermissionLevel: permissionLevel.nullish(),
  }),
  exampleRunInput: z
    .strictObject({ body: z.string().optional(), contentType: z.string().optional() })
    .nullish(),
  isDeprecated: z.boolean().nullish(),
  deploymentKey: z.string().optional(),
  title: z.string().nullish(),
  taggedBuilds: z.record(z.string(), taggedBuild.nullable()).nullish(),
  actorStandby: actorStandby.nullish(),
  readmeSummary: z.string().optional(),
  seoTitle: z.string().nullish(),
  seoDescription: z.string().nullish(),
  pictureUrl: z.string().nullish(),
  standbyUrl: z.string().nullish(),
  notice: z.enum(["NONE", "RESIDENTIAL_PROXY_REQUIRED", "UNDER_MAINTENANCE"]).nullish(),
  categories: z.array(z.string()).optional(),
  isCritical: z.boolean().optional(),
  isGeneric: z.boolean().optional(),
  isSourceCodeHidden: z.boolean().optional(),
  hasNoDataset: z.boolean().optional(),
});

/** An Actor in a list: https://docs.apify.com/api/v2/acts-get */
export const actorShort = z.strictObject({
  id,
  createdAt: dateTime,
  modifiedAt: dateTime,
  name: z.string().min(1),
  username: z.string().min(1),
  title: z.string().optional(),
  stats: stats.nullish(),
});
