import { isDeepStrictEqual } from "node:util";
import { isObject } from "../json";
import type { JsonObject } from "../json";

/** How a value violates a schema. */
export interface SchemaProblem {
  /** Such as `startUrls.0.url`. */
  readonly field: string;
  readonly keyword: string;
  /** What is wrong with the field, in the words of Apify's validator. */
  readonly message: string;
  /** Whether the message is a whole sentence: it is the schema's own. */
  readonly isCustom: boolean;
}

interface Place {
  readonly path: readonly (string | number)[];
  readonly schema: JsonObject;
}

type Finding = SchemaProblem | undefined;

/** The keywords that concern one type. With one of them, Ajv checks the type after `enum`. */
const keywordsOf: Readonly<Record<string, readonly string[]>> = {
  number: ["maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum"],
  string: ["maxLength", "minLength", "pattern"],
  array: ["maxItems", "minItems", "uniqueItems", "items"],
  object: ["maxProperties", "minProperties", "required", "additionalProperties", "properties"],
};

/**
 * The first problem of a value, in the order in which Apify's validator, Ajv, checks. Only what Apify's input schemas may contain is checked.
 * https://docs.apify.com/platform/actors/development/actor-definition/input-schema/specification/v1
 */
export function schemaProblem(value: unknown, { path, schema }: Place): Finding {
  if (value === null && schema.nullable === true) return undefined;
  const types = [schema.type].flat().filter((type) => typeof type === "string");
  const keywords = types.length === 1 ? (keywordsOf[String(types[0])] ?? []) : [];
  const isTypeFirst = !keywords.some((keyword) => schema[keyword] !== undefined);
  const wrongType =
    types.length > 0 && !types.some((type) => isOfType(value, type))
      ? problem({ path, schema }, "type", `must be ${types.join(",")}`)
      : undefined;
  return (
    (isTypeFirst ? wrongType : undefined) ??
    enumProblem(value, { path, schema }) ??
    wrongType ??
    numberProblem(value, { path, schema }) ??
    stringProblem(value, { path, schema }) ??
    arrayProblem(value, { path, schema }) ??
    objectProblem(value, { path, schema })
  );
}

function numberProblem(value: unknown, place: Place): Finding {
  if (typeof value !== "number") return undefined;
  const { maximum, minimum, exclusiveMaximum, exclusiveMinimum } = place.schema;
  if (isNumber(maximum) && value > maximum)
    return problem(place, "maximum", `must be <= ${maximum}`);
  if (isNumber(minimum) && value < minimum)
    return problem(place, "minimum", `must be >= ${minimum}`);
  if (isNumber(exclusiveMaximum) && value >= exclusiveMaximum) {
    return problem(place, "exclusiveMaximum", `must be < ${exclusiveMaximum}`);
  }
  if (isNumber(exclusiveMinimum) && value <= exclusiveMinimum) {
    return problem(place, "exclusiveMinimum", `must be > ${exclusiveMinimum}`);
  }
  return undefined;
}

function stringProblem(value: unknown, place: Place): Finding {
  if (typeof value !== "string") return undefined;
  const { maxLength, minLength, pattern } = place.schema;
  const { length } = Array.from(value);
  if (isNumber(maxLength) && length > maxLength) {
    return problem(place, "maxLength", `must NOT have more than ${maxLength} characters`);
  }
  if (isNumber(minLength) && length < minLength) {
    return problem(place, "minLength", `must NOT have fewer than ${minLength} characters`);
  }
  if (typeof pattern === "string" && !matches(pattern, value)) {
    return problem(place, "pattern", `must match pattern "${pattern}"`);
  }
  return undefined;
}

function enumProblem(value: unknown, place: Place): Finding {
  const allowed = place.schema.enum;
  if (!Array.isArray(allowed) || allowed.some((each) => isDeepStrictEqual(each, value))) {
    return undefined;
  }
  const list = allowed.map(String).join('", "');
  return problem(place, "enum", `must be equal to one of the allowed values: "${list}"`);
}

function arrayProblem(value: unknown, place: Place): Finding {
  if (!Array.isArray(value)) return undefined;
  const { maxItems, minItems, uniqueItems, items } = place.schema;
  if (isNumber(maxItems) && value.length > maxItems) {
    return problem(place, "maxItems", `must NOT have more than ${maxItems} items`);
  }
  if (isNumber(minItems) && value.length < minItems) {
    return problem(place, "minItems", `must NOT have fewer than ${minItems} items`);
  }
  for (const [index, item] of isObject(items) ? value.entries() : []) {
    const schema = items as JsonObject;
    const found = schemaProblem(item, { path: [...place.path, index], schema });
    if (found !== undefined) return found;
  }
  const kind = hasScalarItems(items) ? "scalars" : "any";
  const same = uniqueItems === true ? duplicate(value, kind) : undefined;
  if (same !== undefined) {
    const [first, second] = same;
    const message = `must NOT have duplicate items (items ## ${first} and ${second} are identical)`;
    return problem(place, "uniqueItems", message);
  }
  return undefined;
}

function objectProblem(value: unknown, place: Place): Finding {
  if (!isObject(value)) return undefined;
  const { path, schema } = place;
  const { maxProperties, minProperties, required, additionalProperties } = schema;
  const properties = isObject(schema.properties) ? schema.properties : {};
  const names = Object.keys(value);
  if (isNumber(maxProperties) && names.length > maxProperties) {
    return problem(place, "maxProperties", `must NOT have more than ${maxProperties} properties`);
  }
  if (isNumber(minProperties) && names.length < minProperties) {
    return problem(place, "minProperties", `must NOT have fewer than ${minProperties} properties`);
  }
  for (const name of Array.isArray(required) ? required : []) {
    if (typeof name !== "string" || value[name] !== undefined) continue;
    return problem({ path: [...path, name], schema }, "required", "is required");
  }
  if (additionalProperties === false) {
    const unknown = names.find((name) => !Object.hasOwn(properties, name));
    if (unknown !== undefined) {
      return problem(
        { path: [...path, unknown], schema },
        "additionalProperties",
        "is not allowed",
      );
    }
  }
  for (const [name, property] of Object.entries(properties)) {
    if (!isObject(property) || !Object.hasOwn(value, name) || value[name] === undefined) continue;
    const found = schemaProblem(value[name], { path: [...path, name], schema: property });
    if (found !== undefined) return found;
  }
  return undefined;
}

function problem({ path, schema }: Place, keyword: string, message: string): SchemaProblem {
  const own = isObject(schema.errorMessage) ? schema.errorMessage[keyword] : undefined;
  const isCustom = typeof own === "string";
  return { field: path.join("."), keyword, message: isCustom ? own : message, isCustom };
}

function isOfType(value: unknown, type: unknown): boolean {
  if (type === "array") return Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  if (type === "object") return isObject(value);
  if (type === "null") return value === null;
  return typeof value === type;
}

/**
 * The indexes of two equal items, in the order in which Ajv names them. It goes from the end: with
 * scalars, until it has seen an item before; with others, until it finds one that is there before.
 */
function duplicate(
  items: readonly unknown[],
  kind: "scalars" | "any",
): readonly [number, number] | undefined {
  const keys = items.map(canonical);
  const seen = new Map<string, number>();
  let found: readonly [number, number] | undefined;
  for (const [index, key] of keys.entries()) {
    const earlier = seen.get(key);
    seen.set(key, index);
    if (earlier === undefined) continue;
    if (kind === "any") found = [earlier, index];
    else if (found === undefined || earlier > found[1]) found = [index, earlier];
  }
  return found;
}

/** JSON with sorted keys, which is the same for equal values. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isObject(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function hasScalarItems(items: unknown): boolean {
  const types = isObject(items) ? [items.type].flat().filter((type) => type !== undefined) : [];
  return types.length > 0 && !types.includes("object") && !types.includes("array");
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

/** A pattern that is not a regular expression cannot be violated. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, "u").test(value);
  } catch {
    return true;
  }
}
