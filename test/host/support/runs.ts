import type { Run } from "../../../emulator";

/** The runs that are neither recorded nor named in any line. */
export function lostRuns(
  runs: readonly Run[],
  recordedIds: readonly string[],
  lines: readonly string[],
): readonly Run[] {
  return runs.filter(
    ({ id }) => !recordedIds.includes(id) && !lines.some((line) => line.includes(id)),
  );
}
