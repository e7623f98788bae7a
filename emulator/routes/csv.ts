import { invalidValue } from "../http/errors";
import { isObject } from "../json";
import type { JsonObject } from "../json";

/** The format options of a CSV table. */
export interface CsvStyle {
  readonly delimiter: string;
  readonly bom: boolean;
  readonly skipHeaderRow: boolean;
}

/** Items with different fields make a table that is much larger than they are. */
const maxCells = 20_000_000;

const byteOrderMark = "\uFEFF";

/** Items as CSV. A nested value has a column `outer/inner`, as at Apify. */
export function toCsv(items: readonly JsonObject[], style: CsvStyle): string {
  const rows = items.map((item) => new Map(cells(item)));
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  if (rows.length * columns.length > maxCells) {
    throw invalidValue("The emulator cannot write so large a table as CSV. Use a smaller limit.");
  }
  const line = (values: readonly unknown[]): string =>
    `${values.map((value) => quoted(value, style.delimiter)).join(style.delimiter)}\n`;
  const header = style.skipHeaderRow || columns.length === 0 ? "" : line(columns);
  const body = rows.map((row) => line(columns.map((column) => row.get(column)))).join("");
  return (style.bom ? byteOrderMark : "") + header + body;
}

function cells(value: JsonObject | readonly unknown[], prefix = ""): [string, unknown][] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]): [string, unknown][] =>
    isObject(inner) || Array.isArray(inner)
      ? cells(inner, `${prefix}${key}/`)
      : [[prefix + key, inner]],
  );
}

function quoted(value: unknown, delimiter: string): string {
  if (value === undefined || value === null) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const needsQuotes = text.includes(delimiter) || /["\r\n]/.test(text);
  return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text;
}
