import { z } from "zod";
import { id, optional, optionalRecord, text } from "./tolerant";

const taggedBuildSchema = z.looseObject({ buildId: id, buildNumber: text });

/**
 * An Actor. This package reads which builds its tags point to.
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
