import type { Result } from "./play";

/** What a contender comes to over all cases. */
export interface Summary {
  readonly contender: string;
  readonly doubleStarts: number;
  readonly lost: number;
  readonly right: number;
  readonly cases: number;
}

/** Sums up each contender, in the order in which they came. */
export function summarise(results: readonly Result[]): readonly Summary[] {
  return namesOf(results, "contender").map((contender) => {
    const own = results.filter((result) => result.contender === contender);
    return {
      contender,
      doubleStarts: own.reduce((total, { doubleStarts }) => total + doubleStarts, 0),
      lost: own.reduce((total, { lost }) => total + lost, 0),
      right: own.filter(({ right }) => right).length,
      cases: own.length,
    };
  });
}

/** The results as a table in Markdown, a row for each case and a column for each contender. */
export function tableOf(results: readonly Result[]): string {
  const contenders = namesOf(results, "contender");
  const rows = namesOf(results, "case").map((name) => [
    name,
    ...contenders.map((contender) => {
      const result = results.find((each) => each.case === name && each.contender === contender);
      return result === undefined ? "" : cellOf(result);
    }),
  ]);
  return markdown([["what goes wrong", ...contenders], ...rows]);
}

/** The summaries as a table in Markdown. */
export function summaryTable(summaries: readonly Summary[]): string {
  const rows = summaries.map(({ contender, doubleStarts, lost, right, cases }) => [
    contender,
    String(doubleStarts),
    String(lost),
    `${right} of ${cases}`,
  ]);
  return markdown([["", "double starts", "lost runs", "right outcomes"], ...rows]);
}

/** A table in Markdown; the first row is its head. */
export function markdown([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

const longestOutcome = 44;
/** Of the emulator: another one in every case. */
const address = / 127\.0\.0\.1:\d+/;

function cellOf({ outcome, doubleStarts, lost, started }: Result): string {
  const firstLine = (outcome.split("\n")[0] ?? "").replace(address, "").replaceAll("|", "\\|");
  const short =
    firstLine.length > longestOutcome ? `${firstLine.slice(0, longestOutcome)}…` : firstLine;
  const words = outcome === "SUCCEEDED" ? "result" : `no result: ${short}`;
  const notes = [
    ...(started === 0 ? ["no run"] : []),
    ...(doubleStarts > 0 ? [`**${started} runs**`] : []),
    ...(lost > 0 ? [`**${lost} lost**`] : []),
  ];
  return [words, ...notes].join(", ");
}

function namesOf(results: readonly Result[], field: "contender" | "case"): readonly string[] {
  return [...new Set(results.map((result) => result[field]))];
}
