import { z } from "zod";

/**
 * A saved task. Source: https://docs.apify.com/api/v2/actor-task-get
 */
export const taskSchema = z.looseObject({
  id: z.string().min(1),
  userId: z.string(),
  actId: z.string(),
  name: z.string(),
  username: z.string().nullish(),
  modifiedAt: z.string().nullish(),
  options: z
    .looseObject({
      build: z.string().nullish(),
      timeoutSecs: z.number().nullish(),
      memoryMbytes: z.number().nullish(),
      maxItems: z.number().nullish(),
      maxTotalChargeUsd: z.number().nullish(),
      restartOnError: z.boolean().nullish(),
    })
    .nullish(),
  input: z.unknown().optional(),
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

/** The tasks of an account, as far as one page has them. */
export const taskListSchema = z.looseObject({ items: z.array(taskShortSchema) });

/** The tasks of an account, as far as one page has them. */
export type TaskList = z.infer<typeof taskListSchema>;
