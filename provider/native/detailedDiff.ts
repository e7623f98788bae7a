import { isSameJson } from "../run/canonicalJson";
import { fullPath } from "../resources/validate";
import type { Properties } from "../engine/operations";

/** How a property differs. */
export interface PropertyDifference {
  readonly kind: "add" | "delete" | "update";
  /** What the new input is compared with: the old input, or the recorded output. */
  readonly with: "input" | "output";
}

/** The differences, by path. */
export type DetailedDiff = ReadonlyMap<string, PropertyDifference>;

/**
 * The paths at which what a program declares differs from what it declared before. What changed although the old inputs do not
 * show it, such as an argument that a refresh found edited, is compared with the outputs. Pure.
 */
export function detailedDiff(
  oldInputs: Properties,
  olds: Properties,
  news: Properties,
  changed: readonly string[],
): DetailedDiff {
  const found = new Map<string, PropertyDifference>();
  for (const name of namesOf(oldInputs, news).filter((each) => !each.startsWith("__"))) {
    // What an input lacks may be known as an output, such as a name that was made for the task.
    const isOutput = !(name in oldInputs) && name in olds;
    const before = isOutput ? olds[name] : oldInputs[name];
    compare([name], before, news[name], isOutput ? "output" : "input", found);
  }
  for (const name of changed) {
    const isShown = [...found.keys()].some((path) => topOf(path) === name);
    if (!isShown && name in news) compare([name], olds[name], news[name], "output", found);
  }
  return found;
}

/** The property that a path begins with. Pure. */
export function topOf(path: string): string {
  return path.split(/[.[]/, 1)[0] ?? "";
}

function compare(
  path: readonly PropertyKey[],
  before: unknown,
  now: unknown,
  source: PropertyDifference["with"],
  found: Map<string, PropertyDifference>,
): void {
  if (isSameJson(before, now)) return;
  if (isContainer(before) && isContainer(now) && Array.isArray(before) === Array.isArray(now)) {
    for (const key of namesOf(before, now)) {
      const step = Array.isArray(now) ? Number(key) : key;
      compare([...path, step], before[key], now[key], source, found);
    }
    return;
  }
  const kind = before === undefined ? "add" : now === undefined ? "delete" : "update";
  found.set(fullPath(path), { kind, with: source });
}

/** The names in either object. */
function namesOf(one: Properties, other: Properties): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])];
}

function isContainer(value: unknown): value is Properties {
  return typeof value === "object" && value !== null;
}
