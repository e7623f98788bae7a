/** A JSON object. */
export type Data = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object. */
export function isData(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What lies at a path of property names in a JSON value; `undefined` if there is nothing. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isData(inner) ? inner[name] : undefined), value);
}

/** The text at a path; empty if there is none. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === "string" ? found : "";
}

/** The list of objects at a path; empty if there is none. */
export function listAt(value: unknown, ...path: readonly string[]): readonly Data[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.filter(isData) : [];
}

/** Maximum number of characters of a value in a report. */
const longestShown = 160;

/** A value as a report shows it. */
export function shown(value: unknown): string {
  const text = value === undefined ? "absent" : JSON.stringify(value);
  return text.length <= longestShown ? text : `${text.slice(0, longestShown)}…`;
}
