import { at, textAt } from "./json";
import type { Data } from "./json";

/** The number of the build that a tag of an Actor points to; empty if the Actor does not say. */
export function taggedBuild(actor: Data, tag: string): string {
  return textAt(at(actor, "taggedBuilds", tag), "buildNumber");
}
