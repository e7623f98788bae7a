/**
 * How many lists and objects may be inside one another in an argument. Pulumi's wire, the engine and
 * `JSON.stringify` go some thousand levels deep and then fail, each in a way of its own.
 */
export const maxNesting = 200;

/** What is said of a value that goes deeper. */
export const tooDeep = `holds more than ${maxNesting} lists and objects inside one another; pass deep data as JSON text`;

/** Whether more lists and objects are inside one another than may be. It never looks deeper than that itself. */
export function isTooDeep(value: unknown, levels = maxNesting): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
}
