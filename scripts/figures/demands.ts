import { places, type Counts, type Place } from "./counts";
import type { Summary } from "../compare/report";
import type { MutationScore } from "./mutation";

/** All that was counted and measured. */
export interface Findings {
  readonly counts: Readonly<Record<Place, Counts>>;
  readonly mutation: MutationScore | undefined;
  /** This package first. */
  readonly comparison: readonly Summary[];
}

const leastFaults = { "in process": 10_000, "real host": 300 } as const;
const leastKills = 200;
const leastKillsOfCli = 40;
const leastMutationPercent = 90;

/** What must hold however little was done, in words, where it does not. */
export function brokenPromises({ counts, mutation, comparison }: Findings): readonly string[] {
  const [own] = comparison;
  return [
    ...places.flatMap((place) => [
      ...(counts[place].reports === 0 ? [`${place}: nothing was counted`] : []),
      ...(counts[place].doubleStarts > 0 ? [`${place}: a run was started twice`] : []),
      ...(counts[place].lostRuns > 0 ? [`${place}: a run was lost`] : []),
    ]),
    ...(mutation === undefined ? ["the mutation test has no report"] : []),
    ...(mutation !== undefined && mutation.percent < leastMutationPercent
      ? [`the mutation score is below ${leastMutationPercent} %`]
      : []),
    ...(own !== undefined && own.right === own.cases
      ? []
      : ["the comparison: this package has not every result"]),
  ];
}

/** What the full amounts must come to, in words, where they do not. */
export function missingAmounts({ counts }: Findings): readonly string[] {
  const killsOfCli = counts["real CLI"].kills;
  const kills = counts["real host"].kills + killsOfCli;
  return [
    ...(["in process", "real host"] as const)
      .filter((place) => counts[place].faults < leastFaults[place])
      .map((place) => `${place}: fewer than ${leastFaults[place]} faults`),
    ...(kills < leastKills ? [`fewer than ${leastKills} kills`] : []),
    ...(killsOfCli < leastKillsOfCli ? [`fewer than ${leastKillsOfCli} kills of the CLI`] : []),
  ];
}
