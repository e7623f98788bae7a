import { format } from "prettier";

/** The page with the table. */
export const compatibilityPath = "docs/compatibility.md";

/** What was found out about a pair. */
export interface Cell {
  readonly node: string;
  readonly pulumi: string;
  /** The names of the stories that failed. */
  readonly failed: readonly string[];
}

/** Everything that a run of the matrix found out. */
export interface MatrixResult {
  /** As `26 November 2026`. */
  readonly date: string;
  readonly cli: string;
  /** The versions of `@pulumi/pulumi`, with what each is, such as "the lowest". */
  readonly pulumi: Readonly<Record<string, string>>;
  readonly cells: readonly Cell[];
}

/** The table of a result, and what it was made with. */
export function matrixTable({ date, cli, pulumi, cells }: MatrixResult): string {
  const nodes = [...new Set(cells.map(({ node }) => node))];
  const row = (first: string, others: readonly string[]): string =>
    `| ${[first, ...others].join(" | ")} |`;
  const rows = Object.entries(pulumi).map(([version, what]) => {
    const results = nodes.map((node) => {
      const cell = cells.find((each) => each.node === node && each.pulumi === version);
      if (cell === undefined) return "not run";
      return cell.failed.length === 0 ? "works" : `fails: ${cell.failed.join(", ")}`;
    });
    return row(`${version}, ${what}`, results);
  });
  return [
    `Run on ${date}, with the Pulumi CLI ${cli}, on ${process.platform} (${process.arch}).`,
    "",
    row(
      "`@pulumi/pulumi`",
      nodes.map((node) => `Node ${node}`),
    ),
    row(
      "---",
      nodes.map(() => "---"),
    ),
    ...rows,
  ].join("\n");
}

/** The page with its generated part made anew. */
export function withMatrix(page: string, table: string): Promise<string> {
  const place = /(<!-- generated: matrix -->\n)[^]*?(<!-- end -->)/;
  if (!place.test(page)) throw new Error(`${compatibilityPath} has no place for the matrix.`);
  const text = page.replace(
    place,
    (_, begin: string, end: string) => `${begin}\n${table}\n\n${end}`,
  );
  return format(text, { parser: "markdown" });
}
