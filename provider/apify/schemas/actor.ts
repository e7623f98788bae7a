import { z } from "zod";

const taggedBuildSchema = z.looseObject({
  buildId: z.string(),
  buildNumber: z.string().nullish(),
});

/**
 * An Actor, of which this package reads the builds that its tags point to.
 * Source: https://docs.apify.com/api/v2/act-get
 */
export const actorSchema = z.looseObject({
  id: z.string().min(1),
  name: z.string(),
  username: z.string().nullish(),
  taggedBuilds: z.record(z.string(), taggedBuildSchema.nullish()).nullish(),
  defaultRunOptions: z.looseObject({ build: z.string().nullish() }).nullish(),
});

/** An Actor. */
export type Actor = z.infer<typeof actorSchema>;
