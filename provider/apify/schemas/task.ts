import { z } from "zod";
import { expectedId, flag, number, optional, requiredId, text } from "./tolerant";

/**
 * A saved task. Source: https://docs.apify.com/api/v2/actor-task-get
 */
export const taskSchema = z.looseObject({
  id: requiredId,
  userId: expectedId,
  actId: expectedId,
  name: text,
  username: text,
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
});

/** A saved task. */
export type Task = z.infer<typeof taskSchema>;
