import { z } from "zod";
import { flag, seconds } from "./common";

const memorySizes = [128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768];

/**
 * The options of a run, as a start and a saved task take them. `otherwise` says what happens when a limit is
 * omitted; Apify accepts no limit of 0.
 * Source: https://docs.apify.com/api/v2/actor-task-runs-post
 */
export function runOptionSchemas(otherwise: string) {
  return {
    build: z
      .string({ error: 'must be a build tag or number in quotes, such as "latest" or "0.1.3"' })
      .min(1, { error: 'must be a build tag or number, such as "latest" or "0.1.3"' })
      .optional(),
    timeoutSecs: seconds
      .int({ error: "must be a whole number of seconds; 0 means no timeout" })
      .optional(),
    memoryMbytes: z
      .literal(memorySizes, {
        error: `must be a power of 2 from 128 to 32768 megabytes: ${memorySizes.join(", ")}`,
      })
      .optional(),
    maxItems: z
      .int({ error: `must be a whole number of items, 1 or more; ${otherwise}` })
      .min(1, { error: `must be 1 or more items; ${otherwise}` })
      .optional(),
    maxTotalChargeUsd: z
      .number({ error: `must be a number of US dollars; ${otherwise}` })
      .positive({ error: `must be more than 0 US dollars; ${otherwise}` })
      .optional(),
    restartOnError: flag.optional(),
  };
}
