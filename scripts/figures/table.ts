import { markdown, summaryTable } from "../compare/report";
import { places, type Counts } from "./counts";
import type { Findings } from "./demands";

const rows: readonly (readonly [string, keyof Counts])[] = [
  ["faults that met a request", "faults"],
  ["processes killed or interrupted at work", "kills"],
  ["random sequences of commands (model)", "sequences"],
  ["commands in them", "commands"],
  ["double starts", "doubleStarts"],
  ["lost runs", "lostRuns"],
];

/** Everything as tables in Markdown. */
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
