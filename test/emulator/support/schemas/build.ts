import { z } from "zod";
import { sourceType, versionNumber } from "./actor";
import { buildNumber, count, dateTime, id, jobStatus, origin } from "./common";

const meta = z.strictObject({
  origin,
  clientIp: z.string().optional(),
  userAgent: z.string().optional(),
});

const usage = z.strictObject({ ACTOR_COMPUTE_UNITS: z.number().nullish() });

const actorDefinition = z.strictObject({
  actorSpecification: z.number().int().optional(),
  name: z.string().optional(),
  version: z
    .string()
    .regex(/^\d+(\.\d+)+$/)
    .optional(),
  buildTag: z.string().optional(),
  environmentVariables: z.record(z.string(), z.string()).optional(),
  dockerfile: z.string().optional(),
  dockerContextDir: z.string().optional(),
  readme: z.string().optional(),
  input: z.record(z.string(), z.unknown()).optional(),
  changelog: z.string().optional(),
  storages: z.record(z.string(), z.unknown()).optional(),
  defaultMemoryMbytes: z.union([z.string(), z.number().int()]).optional(),
  minMemoryMbytes: z.number().int().min(128).optional(),
  maxMemoryMbytes: z.number().int().min(128).optional(),
  usesStandbyMode: z.boolean().optional(),
});

/** A build: https://docs.apify.com/api/v2/actor-build-get */
export const build = z.strictObject({
  id,
  actId: id,
  userId: id,
  startedAt: dateTime,
  finishedAt: dateTime.nullish(),
  status: jobStatus,
  meta,
  stats: z
    .strictObject({
      durationMillis: count.optional(),
      runTimeSecs: z.number().optional(),
      computeUnits: z.number().optional(),
      imageSizeBytes: count.nullish(),
    })
    .nullish(),
  options: z
    .strictObject({
      useCache: z.boolean().nullish(),
      betaPackages: z.boolean().nullish(),
      memoryMbytes: count.nullish(),
      diskMbytes: count.nullish(),
    })
    .nullish(),
  usage: usage.nullish(),
  usageTotalUsd: z.number().nullish(),
  usageUsd: usage.nullish(),
  inputSchema: z.string().nullish(),
  readme: z.string().nullish(),
  buildNumber,
  // In lists, and in the builds that users have published.
  buildNumberInt: count.optional(),
  consoleUrl: z.url().optional(),
  actVersion: z
    .strictObject({
      sourceType: sourceType.optional(),
      buildTag: z.string().optional(),
      versionNumber: versionNumber.optional(),
      gitRepoUrl: z.string().optional(),
      sourceFiles: z.array(z.record(z.string(), z.unknown())).optional(),
    })
    .optional(),
  actorDefinition: actorDefinition.nullish(),
});

/** A build in a list: https://docs.apify.com/api/v2/act-builds-get */
export const buildShort = z.strictObject({
  id,
  actId: id.optional(),
  userId: id.optional(),
  status: jobStatus,
  startedAt: dateTime,
  finishedAt: dateTime.nullish(),
  usageTotalUsd: z.number(),
  buildNumber,
  buildNumberInt: count.optional(),
  meta: meta.optional(),
});
