import { storedRunSchema } from "../../apify/schemas/run";
import { isStoredUnread, unreadRun } from "../../run/runRecord";
import type { RunRecord } from "../../run/runRecord";

/** Reads the run of the resource with this id from the JSON that is stored of it; a string says what is wrong with it. Never throws. */
export type RunParser = (id: string, runJson: unknown) => RunRecord | string;

/** Reads a stored run. Pure. */
export const parseRun: RunParser = (id, runJson) => {
  if (runJson === undefined) return "is missing";
  const json = typeof runJson === "string" ? parseJson(runJson) : undefined;
  const run = storedRunSchema.safeParse(json).data;
  if (run === undefined) return "does not describe a run";
  if (run.id !== id) return "describes another run";
  return isStoredUnread(json as RunRecord) ? unreadRun(id) : run;
};

/**
 * Creates a parser that remembers the last run of each resource. A refresh reads a resource and then compares it;
 * parsing its run a second time took 2 % of the host's time.
 */
export function createRunParser(): RunParser {
  const last = new Map<string, { readonly runJson: unknown; readonly run: RunRecord | string }>();
  return (id, runJson) => {
    const known = last.get(id);
    if (known !== undefined && known.runJson === runJson) return known.run;
    const run = parseRun(id, runJson);
    last.set(id, { runJson, run });
    return run;
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
