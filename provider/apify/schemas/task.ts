import { z } from "zod";
import { expectedId, flag, number, optional, requiredId, text } from "./tolerant";

/** A saved task. Source: https://docs.apify.com/api/v2/actor-task-get */
export const taskSchema = z.looseObject({
  id: requiredId,
  userId: expectedId,
  actId: expectedId,
  name: text,
  username: text,
  title: text,
  description: text,
  createdAt: text,
  modifiedAt: text,
  options: optional(
    z.looseObject({
      build: text,
      timeoutSecs: number,
      memoryMbytes: number,
      maxItems: number,
      maxTotalChargeUsd: number,
      restartOnError: flag,
    }),
  ),
  input: z.unknown().optional(),
  actorStandby: optional(z.record(z.string(), z.unknown())),
});

/** A saved task. */
export type Task = z.infer<typeof taskSchema>;

const taskShortSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  username: z.string().nullish(),
});

/** A task as a list shows it. */
export type TaskShort = z.infer<typeof taskShortSchema>;

/** One page of the tasks of an account. */
export const taskListSchema = z.looseObject({ items: z.array(taskShortSchema) });

/** One page of the tasks of an account. */
export type TaskList = z.infer<typeof taskListSchema>;
