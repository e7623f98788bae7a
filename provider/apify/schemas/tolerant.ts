import { z } from "zod";

/**
 * A field that nothing depends on: what is not of this shape is taken for absent, so that it takes
 * nothing around it along.
 */
export function optional<S extends z.ZodType>(
  schema: S,
): z.ZodCatch<z.ZodOptional<z.ZodNullable<S>>> {
  return schema.nullish().catch(undefined);
}

/** A map from names that are not known beforehand; what is not of the shape is left out. */
export function optionalRecord<S extends z.ZodType>(value: S) {
  return optional(
    z
      .record(z.string(), z.unknown())
      .transform((given) =>
        Object.fromEntries(
          Object.entries(given).flatMap(([name, each]) =>
            fitting(value, each).map((fit) => [name, fit] as const),
          ),
        ),
      ),
  );
}

/** A list; what is not of the shape is left out. */
export function optionalList<S extends z.ZodType>(value: S) {
  return optional(
    z.array(z.unknown()).transform((given) => given.flatMap((each) => fitting(value, each))),
  );
}

function fitting<S extends z.ZodType>(schema: S, value: unknown): z.output<S>[] {
  const parsed = schema.safeParse(value);
  return parsed.success ? [parsed.data] : [];
}

/** A text that may be absent. */
export const text = optional(z.string());

/** A number that may be absent. */
export const number = optional(z.number());

/** A boolean that may be absent. */
export const flag = optional(z.boolean());

/**
 * The id of something. It stands in paths and links, and what cannot (nothing, dots, slashes, spaces,
 * control characters) is none.
 */
export const requiredId = z.string().regex(/^(?!\.{1,2}$)[^\p{C}\p{Z}/\\]{1,200}$/u);

/** The same as what Apify promises to name; null and anything odd count as absent. */
export const expectedId = requiredId.optional().catch(undefined);

/** A text that Apify promises. */
export const expectedText = z.string().optional().catch(undefined);

/** An id that may be absent. */
export const id = optional(requiredId);
