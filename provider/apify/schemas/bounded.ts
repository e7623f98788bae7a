/** Maximum number of characters of one text of a run; the rest is cut off. */
const longestText = 10_000;

/** Maximum number of characters of JSON of one field of a run, and of all fields together. */
const largestField = 64 * 1024;
const largestRun = 4 * largestField;

/** The tag of this package's `UnreadRun`. A response of the API must not have it. */
const ownMark = "unread";

/**
 * Limits a run to a size that can be stored, since the state contains all of it. Long texts are cut and
 * large fields omitted. If there are too many fields, those named in `first` are kept longest. A value that
 * is not an object is returned unchanged.
 */
export function bounded(run: unknown, first: readonly string[]): unknown {
  if (typeof run !== "object" || run === null || Array.isArray(run)) return run;
  const entries = Object.entries(run).filter(([name]) => name !== ownMark);
  const fields = Object.fromEntries(entries) as Record<string, unknown>;
  // Most runs are so small that no text and no field can be too large.
  if (jsonLength(fields) <= longestText) return fields;
  const given = new Map<string, unknown>(entries);
  const names = new Set([...first.filter((name) => given.has(name)), ...given.keys()]);
  const kept = new Map<string, unknown>();
  let room = largestRun;
  for (const name of names) {
    const value = shortened(given.get(name));
    const size = name.length + jsonLength(value);
    if (size > Math.min(largestField, room)) continue;
    room -= size;
    kept.set(name, value);
  }
  return Object.fromEntries([...given.keys()].flatMap((name) => entry(kept, name)));
}

function entry(kept: ReadonlyMap<string, unknown>, name: string): [string, unknown][] {
  return kept.has(name) ? [[name, kept.get(name)]] : [];
}

function jsonLength(value: unknown): number {
  return value === undefined ? 0 : JSON.stringify(value).length;
}

/** The value with its long texts cut, between two characters. */
function shortened(value: unknown): unknown {
  if (typeof value === "string") {
    if (value.length <= longestText) return value;
    return `${value.slice(0, longestText).replace(/[\ud800-\udbff]$/, "")}…`;
  }
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, shortened(inner)] as const),
  );
}
