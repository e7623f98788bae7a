import type { RunRecord } from "../../run/runRecord";
import type { StateWithoutLinks } from "./state";

/**
 * The number of the build that the run was started with; `undefined` if it is not known. This is the number
 * in the run itself, unless the run continued with another build.
 */
export function ownBuild({
  run,
  startedBuild,
  trackedBuild,
}: StateWithoutLinks): string | undefined {
  return (
    startedBuild ?? (keptItsBuild(run) ? (run.buildNumber ?? undefined) : undefined) ?? trackedBuild
  );
}

/** Whether the run certainly still has the build that it was started with. */
export function keptItsBuild({ metamorphs, stats }: RunRecord): boolean {
  return (metamorphs?.length ?? 0) === 0 && !stats?.metamorph && !stats?.resurrectCount;
}
