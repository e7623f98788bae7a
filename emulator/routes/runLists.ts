import { ok } from "../http/answer";
import { invalidValue } from "../http/errors";
import { listPageOf } from "../http/listPage";
import { listParam } from "../http/query";
import { listedRuns } from "../state/lookup";
import { runListItem } from "./runViews";
import type { Answer } from "../http/answer";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";
import type { RunListName } from "../state/runIndex";

/** A page of a list of runs. */
export function answerRunList(
  state: EmulatorState,
  query: URLSearchParams,
  name: RunListName,
): Answer {
  // Apify documents startedAfter and startedBefore for all lists but those of tasks.
  const dates = name.taskId === undefined ? query : new URLSearchParams();
  const after = dateParam(dates, "startedAfter");
  const before = dateParam(dates, "startedBefore");
  const statuses = listParam(query, "status");
  const isSelected = ({ run }: RunEntry): boolean => {
    const startedAt = Date.parse(run.startedAt);
    if (statuses !== undefined && !statuses.includes(run.status)) return false;
    return startedAt >= (after ?? -Infinity) && startedAt <= (before ?? Infinity);
  };
  const all = listedRuns(state, name);
  const isFiltered = (statuses ?? after ?? before) !== undefined;
  const runs = isFiltered ? all.filter(isSelected) : all;
  return ok(listPageOf(runs, query, (entry) => runListItem(state, entry)));
}

function dateParam(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === "") return undefined;
  const millis = Date.parse(text);
  if (Number.isNaN(millis)) throw invalidValue(`Parameter "${name}" must be an ISO 8601 date`);
  return millis;
}
