import type { Result } from "./runCase";

/** The totals of a candidate over all cases. */
export interface Summary {
  readonly candidate: string;
  readonly doubleStarts: number;
  readonly lost: number;
  readonly right: number;
  readonly cases: number;
}

/** The totals of each candidate, in the order of the results. */
export function summarise(results: readonly Result[]): readonly Summary[] {
  return namesOf(results, "candidate").map((candidate) => {
    const own = results.filter((result) => result.candidate === candidate);
    return {
      candidate,
      doubleStarts: own.reduce((total, { doubleStarts }) => total + doubleStarts, 0),
      lost: own.reduce((total, { lost }) => total + lost, 0),
      right: own.filter(({ right }) => right).length,
      cases: own.length,
    };
  });
}

/** The results as a Markdown table, with a row for each case and a column for each candidate. */
export function tableOf(results: readonly Result[]): string {
  const candidates = namesOf(results, "candidate");
  const rows = namesOf(results, "case").map((name) => [
    name,
    ...candidates.map((candidate) => {
      const result = results.find((each) => each.case === name && each.candidate === candidate);
      return result === undefined ? "" : cellOf(result);
    }),
  ]);
  return markdown([["what goes wrong", ...candidates], ...rows]);
}

/** The totals as a Markdown table. */
export function summaryTable(summaries: readonly Summary[]): string {
  const rows = summaries.map(({ candidate, doubleStarts, lost, right, cases }) => [
    candidate,
    String(doubleStarts),
    String(lost),
    `${right} of ${cases}`,
  ]);
  return markdown([["", "double starts", "lost runs", "right outcomes"], ...rows]);
}

/** A Markdown table; the first row is its header. */
export function markdown([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

const maxOutcomeChars = 44;
/** The emulator's address, which differs in every case. */
const address = / 127\.0\.0\.1:\d+/;

function cellOf({ outcome, doubleStarts, lost, started }: Result): string {
  const firstLine = (outcome.split("\n")[0] ?? "").replace(address, "").replaceAll("|", "\\|");
  const short =
    firstLine.length > maxOutcomeChars ? `${firstLine.slice(0, maxOutcomeChars)}…` : firstLine;
  const text = outcome === "SUCCEEDED" ? "result" : `no result: ${short}`;
  const notes = [
    ...(started === 0 ? ["no run"] : []),
    ...(doubleStarts > 0 ? [`**${started} runs**`] : []),
    ...(lost > 0 ? [`**${lost} lost**`] : []),
  ];
  return [text, ...notes].join(", ");
}

function namesOf(results: readonly Result[], field: "candidate" | "case"): readonly string[] {
  return [...new Set(results.map((result) => result[field]))];
}
