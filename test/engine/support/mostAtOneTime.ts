import type { Run } from "../../../emulator";

/** How many of these runs, which have all ended, were live at one moment at the most. */
export function mostAtOneTime(runs: readonly Run[]): number {
  const changes = runs.flatMap(({ startedAt, finishedAt }) => [
    { at: Date.parse(startedAt), by: 1 },
    { at: Date.parse(finishedAt ?? ""), by: -1 },
  ]);
  // Of what happens within one millisecond the ends count first: two runs that only touch are not two at once.
  changes.sort((one, other) => one.at - other.at || one.by - other.by);
  let live = 0;
  return changes.reduce((most, { by }) => Math.max(most, (live += by)), 0);
}
