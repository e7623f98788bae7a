import { markdown, summaryTable } from "../compare/report";
import { places } from "./counts";
import type { Summary } from "../compare/report";
import type { Counts, Place } from "./counts";
import type { MutationScore } from "./mutation";

/** Everything that was counted and measured. */
export interface Findings {
  readonly counts: Readonly<Record<Place, Counts>>;
  readonly mutation: MutationScore | undefined;
  /** This package first. */
  readonly comparison: readonly Summary[];
}

const rows: readonly (readonly [string, keyof Counts])[] = [
  ["faults that met a request", "faults"],
  ["processes killed or interrupted at work", "kills"],
  ["random sequences of commands (model)", "sequences"],
  ["commands in them", "commands"],
  ["double starts", "doubleStarts"],
  ["lost runs", "lostRuns"],
  ["double creates of tasks", "doubleCreates"],
  ["lost tasks", "lostTasks"],
  ["overwritten tasks of others", "overwrittenTasks"],
];

/** The findings as Markdown tables. */
export function figuresTable({ counts, mutation, comparison }: Findings): string {
  const table = markdown([
    ["", ...places],
    ...rows.map(([title, field]) => [
      title,
      ...places.map((place) => counts[place][field].toLocaleString("en-US")),
    ]),
  ]);
  const score =
    mutation === undefined
      ? "none"
      : `${mutation.percent.toFixed(1)} % (${mutation.detected} of ${mutation.valid})`;
  return [table, `Mutation score: ${score}`, summaryTable(comparison)].join("\n\n");
}
