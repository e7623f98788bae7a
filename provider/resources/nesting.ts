/**
 * Maximum number of levels of nested lists and objects in an argument. At a few thousand levels Pulumi's
 * gRPC interface, the engine and `JSON.stringify` fail, each in a different way.
 */
export const maxNesting = 200;

/** What is wrong with a value that is nested deeper. */
export const tooDeep = `nests lists and objects more than ${maxNesting} levels deep; pass deep data as JSON text`;

/** Whether lists and objects are nested too deep. It does not descend further than the allowed levels. */
export function isTooDeep(value: unknown, levels = maxNesting): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
}
