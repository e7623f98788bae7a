import { places } from "./counts";
import type { Place } from "./counts";
import type { Findings } from "./findings";

/** The least amounts of a full run. */
const minFaults = { "in process": 10_000, "dynamic host": 300, "native plugin": 300 } as const;
const minKills = { "dynamic host": 200, "native plugin": 200, "real CLI": 40 } as const;
const minMutationPercent = 90;

/** The requirements that the findings violate, whatever the amount of tests. */
export function violations({ counts, mutation, comparison }: Findings): readonly string[] {
  const [own] = comparison;
  return [
    ...places.flatMap((place) => [
      ...(counts[place].reports === 0 ? [`${place}: nothing was counted`] : []),
      ...(counts[place].doubleStarts > 0 ? [`${place}: a run was started twice`] : []),
      ...(counts[place].lostRuns > 0 ? [`${place}: a run was lost`] : []),
      ...(counts[place].doubleCreates > 0 ? [`${place}: a task was created twice`] : []),
      ...(counts[place].lostTasks > 0 ? [`${place}: a task was lost`] : []),
      ...(counts[place].overwrittenTasks > 0
        ? [`${place}: a task of somebody else was overwritten`]
        : []),
    ]),
    ...(mutation === undefined ? ["the mutation test wrote no report"] : []),
    ...(mutation !== undefined && mutation.percent < minMutationPercent
      ? [`the mutation score is below ${minMutationPercent} %`]
      : []),
    ...(own !== undefined && own.right === own.cases
      ? []
      : ["the comparison: this package does not have every result"]),
  ];
}

/** The amounts of a full run that are too small. */
export function shortfalls({ counts }: Findings): readonly string[] {
  const missing = (field: "faults" | "kills", minimums: Partial<Record<Place, number>>) =>
    places.flatMap((place) => {
      const minimum = minimums[place] ?? 0;
      return counts[place][field] < minimum ? [`${place}: fewer than ${minimum} ${field}`] : [];
    });
  return [...missing("faults", minFaults), ...missing("kills", minKills)];
}
