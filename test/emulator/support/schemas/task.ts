import { z } from "zod";
import { count, dateTime, id } from "./common";

/** https://docs.apify.com/platform/actors/development/programming-interface/standby */
export const actorStandby = z.strictObject({
  isEnabled: z.boolean().nullish(),
  desiredRequestsPerActorRun: count.nullish(),
  maxRequestsPerActorRun: count.nullish(),
  idleTimeoutSecs: count.nullish(),
  build: z.string().nullish(),
  memoryMbytes: count.nullish(),
  disableStandbyFieldsOverride: z.boolean().nullish(),
  shouldPassActorInput: z.boolean().nullish(),
});

/** The input of a task: any JSON object, without an envelope. */
export const taskInput = z.record(z.string(), z.unknown());

const stats = z.strictObject({ totalRuns: count.optional() });

/** A task: https://docs.apify.com/api/v2/actor-task-get */
export const task = z.strictObject({
  id,
  userId: id,
  actId: id,
  name: z.string().min(1),
  username: z.string().nullish(),
  createdAt: dateTime,
  modifiedAt: dateTime,
  removedAt: dateTime.nullish(),
  stats: stats.nullish(),
  options: z
    .strictObject({
      build: z.string().nullish(),
      timeoutSecs: count.nullish(),
      memoryMbytes: count.nullish(),
      maxItems: count.nullish(),
      maxTotalChargeUsd: z.number().nullish(),
      restartOnError: z.boolean().nullish(),
    })
    .nullish(),
  input: taskInput.nullish(),
  title: z.string().nullish(),
  // Only in the types of apify-client.
  description: z.string().nullish(),
  actorStandby: actorStandby.nullish(),
  standbyUrl: z.url().nullish(),
});

/** A task in a list: https://docs.apify.com/api/v2/actor-tasks-get */
export const taskShort = z.strictObject({
  id,
  userId: id,
  actId: id,
  actName: z.string().nullish(),
  name: z.string().min(1),
  username: z.string().nullish(),
  actUsername: z.string().nullish(),
  createdAt: dateTime,
  modifiedAt: dateTime,
  stats: stats.nullish(),
  // In the types of apify-client, which share it with the task.
  title: z.string().nullish(),
});
