import { isObject } from "../../json";
import type { JsonObject } from "../../json";

/** https://docs.apify.com/platform/integrations/webhooks/actions#default-payload-template */
export const defaultPayload = `{
    "userId": {{userId}},
    "createdAt": {{createdAt}},
    "eventType": {{eventType}},
    "eventData": {{eventData}},
    "resource": {{resource}}
}`;

const variableNames = ["userId", "createdAt", "eventType", "eventData", "resource", "globals"];

/** A string of JSON, or a variable outside of strings. */
const token = /"(?:[^"\\]|\\.)*"|\{\{\s*([\w.-]+)\s*\}\}/gs;
const variable = /\{\{\s*([\w.-]+)\s*\}\}/g;

/** How a template is filled in. */
export interface TemplateValues {
  readonly variables: JsonObject;
  /** Whether variables inside of strings are replaced too. */
  readonly strings: "interpolated" | "kept";
}

/**
 * The JSON that a template stands for. A value that is filled in is never read as a part of the
 * template: runs contain texts that Actors wrote.
 *
 * @throws Error with Apify's message if a variable is unknown or the result is not JSON
 */
export function filledTemplate(template: string, { variables, strings }: TemplateValues): unknown {
  const value = (path: string): unknown => valueAt(variables, path);
  const text = template.replace(token, (match: string, path?: string) => {
    if (path !== undefined) return toJson(value(path));
    return strings === "interpolated" ? interpolated(match, value) : match;
  });
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(
      "Aside from variables enclosed in double curly braces, the template must be valid JSON.",
    );
  }
}

function interpolated(literal: string, value: (path: string) => unknown): string {
  const text = parsedString(literal);
  const [whole] = [...text.matchAll(variable)];
  if (whole?.[1] !== undefined && whole[0] === text.trim()) return toJson(value(whole[1]));
  return toJson(
    text.replace(variable, (_match, path: string) => {
      const inner = value(path);
      return typeof inner === "string" ? inner : toJson(inner);
    }),
  );
}

/** A literal that is not valid makes the whole template invalid, which is found later. */
function parsedString(literal: string): string {
  try {
    return JSON.parse(literal) as string;
  } catch {
    return literal;
  }
}

function valueAt(variables: JsonObject, path: string): unknown {
  const [name = "", ...rest] = path.split(".");
  if (!variableNames.includes(name)) {
    throw new Error(
      "Invalid variable enclosed in double curly braces. See the docs for valid variables.",
    );
  }
  let value = variables[name];
  for (const key of rest) {
    value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}

function toJson(value: unknown): string {
  return value === undefined ? "null" : JSON.stringify(value);
}
