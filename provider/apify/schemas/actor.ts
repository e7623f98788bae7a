import { z } from "zod";
import { id, optional, optionalRecord, text } from "./tolerant";

const taggedBuildSchema = z.looseObject({ buildId: id, buildNumber: text });

/**
 * An Actor, of which this package reads the builds that its tags point to.
 * Source: https://docs.apify.com/api/v2/act-get
 */
export const actorSchema = z.looseObject({
  id,
  name: text,
  username: text,
  taggedBuilds: optionalRecord(taggedBuildSchema.nullable()),
  defaultRunOptions: optional(z.looseObject({ build: text })),
});

/** An Actor. */
export type Actor = z.infer<typeof actorSchema>;
