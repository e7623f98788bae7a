import { message } from "../../apify/message";
import { isSameJson } from "../../run/canonicalJson";
import type { Message } from "../../apify/message";
import type { StateWithoutLinks, TaskRunState } from "./state";

/**
 * Says what a refresh found to be different; `undefined` if nothing is. Pulumi's own display does not show
 * it, since the run is one output there whose differences are hidden. Pure.
 */
export function refreshNote(before: StateWithoutLinks, after: TaskRunState): Message | undefined {
  const was: Readonly<Record<string, unknown>> = { ...before.run };
  const is: Readonly<Record<string, unknown>> = { ...after.run };
  const names = new Set([...Object.keys(was), ...Object.keys(is)]);
  const changed = [...names].filter((name) => !isSameJson(was[name], is[name])).sort();
  const notes = changed.map((name) => {
    const [old, now] = [was[name], is[name]];
    return isShort(old) && isShort(now) ? `${name} (${String(old)} => ${String(now)})` : name;
  });
  if (before.expired !== after.expired) notes.push("expired");
  return notes.length === 0 ? undefined : message`Changed on Apify: ${notes.join(", ")}.`;
}

function isShort(value: unknown): value is number | boolean {
  return typeof value === "number" || typeof value === "boolean";
}
