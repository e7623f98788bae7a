import { ApiError, invalidValue } from "../http/errors";
import { booleanParam, listParam } from "../http/query";
import { isObject } from "../json";
import { isHidden } from "../state/datasetItems";
import type { JsonObject } from "../json";

/** What a query makes of the items of a page. */
export interface ItemSelection {
  readonly unwind: readonly string[];
  readonly flatten: readonly string[];
  /** The fields to keep, with their names in the output, in this order. */
  readonly fields: readonly (readonly [field: string, name: string])[] | undefined;
  readonly omit: readonly string[];
  readonly skipHidden: boolean;
  readonly skipEmpty: boolean;
  readonly skipFailedPages: boolean;
}

/** A value of an item, and the unwound or flattened fields that it comes from. */
interface Cell {
  readonly value: unknown;
  readonly from: readonly string[];
}

type Row = ReadonlyMap<string, Cell>;

const maxUnwoundValues = 2_000_000;

/** Reads the parameters: https://docs.apify.com/api/v2/dataset-items-get */
export function itemSelectionOf(query: URLSearchParams): ItemSelection {
  const clean = booleanParam(query, "clean") ?? false;
  const simplified = booleanParam(query, "simplified") ?? false;
  return {
    unwind: simplified ? ["pageFunctionResult"] : (listParam(query, "unwind") ?? []),
    flatten: listParam(query, "flatten") ?? [],
    fields: simplified ? legacyFields.map((field) => [field, field]) : fieldsOf(query),
    omit: listParam(query, "omit") ?? [],
    skipHidden: booleanParam(query, "skipHidden") ?? clean,
    skipEmpty: booleanParam(query, "skipEmpty") ?? clean,
    skipFailedPages: booleanParam(query, "skipFailedPages") ?? false,
  };
}

/** `simplified` imitates the results of a product that Apify replaced. */
const legacyFields = ["url", "pageFunctionResult", "errorInfo"];

/**
 * Unwinds and flattens items, then picks and omits fields.
 *
 * Apify documents no order, but its examples leave one choice. `fields` names both what is unwound
 * (`fields=searchQuery,organicResults&unwind=organicResults` in the readme of its Google scraper) and
 * what comes out of it (`fields=name,address.street&flatten=address` and the example for `unwind` at
 * https://docs.apify.com/platform/actors/development/actor-definition/dataset-schema). `omit` names
 * what comes out of it.
 */
export function selectFrom(items: readonly JsonObject[], selection: ItemSelection): JsonObject[] {
  const { unwind, flatten, fields, omit, skipHidden, skipEmpty, skipFailedPages } = selection;
  const chosen = skipFailedPages
    ? items.filter((item) => !Object.hasOwn(item, "errorInfo"))
    : items;
  let unwoundValues = 0;
  const selected = chosen.flatMap((item) => {
    let rows: Row[] = [rowOf(item)];
    for (const field of unwind) {
      unwoundValues += valuesUnwound(rows, field);
      if (unwoundValues > maxUnwoundValues) throw tooManyValues(field);
      rows = rows.flatMap((row) => unwound(row, field));
    }
    return rows.map((unwoundRow) => {
      let row = flatten.reduce(flattened, unwoundRow);
      if (fields !== undefined) row = picked(row, fields);
      row = omit.reduce(without, row);
      const entries = [...row].filter(([key]) => !(skipHidden && isHidden(key)));
      return Object.fromEntries(entries.map(([key, { value }]) => [key, value]));
    });
  });
  return skipEmpty ? selected.filter((item) => Object.keys(item).length > 0) : selected;
}

function fieldsOf(query: URLSearchParams): ItemSelection["fields"] {
  const fields = listParam(query, "fields");
  const names = listParam(query, "outputFields");
  if (names === undefined) return fields?.map((field) => [field, field]);
  if (fields === undefined) {
    const message = 'Parameter "outputFields" requires parameter "fields"';
    throw new ApiError("parameter-required", { message });
  }
  if (fields.length !== names.length) {
    const message = 'Parameters "fields" and "outputFields" must have the same number of names';
    throw new ApiError("parameters-mismatched", { message });
  }
  return fields.map((field, index) => [field, names[index] ?? field]);
}

function rowOf(item: JsonObject): Row {
  return new Map(Object.entries(item).map(([key, value]) => [key, { value, from: [] }]));
}

/** How many values the rows have once a field is unwound. */
function valuesUnwound(rows: readonly Row[], field: string): number {
  return rows.reduce((sum, row) => {
    const value = row.get(field)?.value;
    return sum + row.size * (Array.isArray(value) ? value.length : 1);
  }, 0);
}

/** Long arrays in several fields could fill the memory. */
function tooManyValues(field: string): ApiError {
  return invalidValue(
    `The emulator cannot unwind "${field}": the items have too many values. Use a smaller limit.`,
  );
}

/** One row for each element of an array; an object becomes part of its parent. */
function unwound(row: Row, field: string): Row[] {
  const cell = row.get(field);
  if (Array.isArray(cell?.value)) {
    return cell.value.map((value: unknown) => merged(row, field, { ...cell, value }));
  }
  return cell !== undefined && isObject(cell.value) ? [merged(row, field, cell)] : [row];
}

/** An element that is not an object keeps the name of its field. */
function merged(row: Row, field: string, { value, from }: Cell): Row {
  if (!isObject(value)) return new Map(row).set(field, { value, from });
  const parent = new Map(row);
  parent.delete(field);
  for (const [key, inner] of Object.entries(value)) {
    parent.set(key, { value: inner, from: [field, ...from] });
  }
  return parent;
}

function flattened(row: Row, field: string): Row {
  const cell = row.get(field);
  if (cell === undefined || !isObject(cell.value)) return row;
  const from = [field, ...cell.from];
  const leaves = leavesOf(cell.value, field).map(([key, value]): [string, Cell] => [
    key,
    { value, from },
  ]);
  return new Map([...row].flatMap((entry) => (entry[0] === field ? leaves : [entry])));
}

function leavesOf(value: JsonObject, path: string): [string, unknown][] {
  return Object.entries(value).flatMap(([key, inner]): [string, unknown][] =>
    isObject(inner) && Object.keys(inner).length > 0
      ? leavesOf(inner, `${path}.${key}`)
      : [[`${path}.${key}`, inner]],
  );
}

function picked(row: Row, fields: NonNullable<ItemSelection["fields"]>): Row {
  const kept = new Map<string, Cell>();
  for (const [field, name] of fields) {
    const cell = row.get(field);
    if (cell !== undefined) kept.set(name, cell);
    for (const [key, derived] of row) {
      if (derived.from.includes(field)) kept.set(key, derived);
    }
  }
  return kept;
}

/** Omits a field, or a nested one such as `outer.inner`. */
function without(row: Row, field: string): Row {
  const kept = new Map(row);
  if (kept.delete(field)) return kept;
  const [outer = "", ...path] = field.split(".");
  const cell = kept.get(outer);
  if (cell !== undefined && path.length > 0) {
    kept.set(outer, { ...cell, value: withoutPath(cell.value, path) });
  }
  return kept;
}

function withoutPath(value: unknown, [key = "", ...path]: readonly string[]): unknown {
  if (!isObject(value) || !Object.hasOwn(value, key)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    path.length === 0
      ? entries.filter(([each]) => each !== key)
      : entries.map(([each, inner]) => [each, each === key ? withoutPath(inner, path) : inner]),
  );
}
