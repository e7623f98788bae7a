import { z } from "zod";

/**
 * An optional field. A value of another shape counts as absent, so that the object around it stays readable.
 */
export function optional<S extends z.ZodType>(
  schema: S,
): z.ZodCatch<z.ZodOptional<z.ZodNullable<S>>> {
  return schema.nullish().catch(undefined);
}

/** A value that Apify documents as always present. Null and any value of another shape count as absent. */
function expected<S extends z.ZodType>(schema: S): z.ZodCatch<z.ZodOptional<S>> {
  return schema.optional().catch(undefined);
}

/** A map from arbitrary names. Values of another shape are omitted. */
export function optionalRecord<S extends z.ZodType>(value: S) {
  return optional(
    z
      .record(z.string(), expected(value))
      .transform(
        (given) =>
          Object.fromEntries(
            Object.entries(given).filter(([, each]) => each !== undefined),
          ) as Record<string, z.output<S>>,
      ),
  );
}

/** A list. Items of another shape are omitted. */
export function optionalList<S extends z.ZodType>(value: S) {
  return optional(
    z
      .array(expected(value))
      .transform((given) => given.filter((each) => each !== undefined) as z.output<S>[]),
  );
}

/** A text that may be absent. */
export const text = optional(z.string());

/** A number that may be absent. */
export const number = optional(z.number());

/** A boolean that may be absent. */
export const flag = optional(z.boolean());

/**
 * The id of something. It becomes part of paths and links, so it must not be empty or `.` or `..`, or have
 * slashes, spaces or control characters.
 */
export const requiredId = z.string().regex(/^(?!\.{1,2}$)[^\p{C}\p{Z}/\\]{1,200}$/u);

/** An id that Apify documents as always present. Null and any other value count as absent. */
export const expectedId = expected(requiredId);

/** A text that Apify documents as always present. */
export const expectedText = expected(z.string());

/** An id that may be absent. */
export const id = optional(requiredId);
