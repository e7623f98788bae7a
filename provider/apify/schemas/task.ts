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
