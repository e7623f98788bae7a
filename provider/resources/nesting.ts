/**
 * The most levels of nested lists and objects in an argument. Beyond some thousands of levels Pulumi's
 * wire, the engine and `JSON.stringify` fail, each in a way of its own.
 */
export const maxNesting = 200;

/** What is wrong with a value that is nested deeper. */
export const tooDeep = `nests lists and objects more than ${maxNesting} levels deep; pass deep data as JSON text`;

/** Whether lists and objects are nested too deep. It goes no deeper than allowed itself. */
export function isTooDeep(value: unknown, levels = maxNesting): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
}
