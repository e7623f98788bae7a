import { places } from "./counts";
import type { Findings } from "./findings";

const minFaults = { "in process": 10_000, "real host": 300 } as const;
const minKills = 200;
const minCliKills = 40;
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
  const cliKills = counts["real CLI"].kills;
  const kills = counts["real host"].kills + cliKills;
  return [
    ...(["in process", "real host"] as const)
      .filter((place) => counts[place].faults < minFaults[place])
      .map((place) => `${place}: fewer than ${minFaults[place]} faults`),
    ...(kills < minKills ? [`fewer than ${minKills} kills`] : []),
    ...(cliKills < minCliKills ? [`fewer than ${minCliKills} kills of the CLI`] : []),
  ];
}
