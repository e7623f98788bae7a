import { ApiError } from "../http/errors";
import type { JsonObject } from "../json";
import type { InputSchema } from "../state/declaration";

/** The effective input. Each top-level property comes from the request, else the task, else the schema. */
export function mergeInput(
  schema: InputSchema | undefined,
  saved: JsonObject | null,
  given: JsonObject | undefined,
): JsonObject {
  return structuredClone({ ...schemaDefaults(schema), ...saved, ...given });
}

/** Throws an ApiError if the build's schema does not allow the input. */
export function checkInput(schema: InputSchema | undefined, input: JsonObject): void {
  for (const field of schema?.required ?? []) {
    if (input[field] === undefined) throw invalidInput(`Field input.${field} is required`);
  }
  for (const [field, { type }] of Object.entries(schema?.properties ?? {})) {
    const value = input[field];
    if (type !== undefined && value !== undefined && !isOfType(value, type)) {
      throw invalidInput(`Field input.${field} must be ${type}`);
    }
  }
}

function schemaDefaults(schema: InputSchema | undefined): JsonObject {
  const properties = Object.entries(schema?.properties ?? {});
  return Object.fromEntries(
    properties
      .filter(([, property]) => property.default !== undefined)
      .map(([field, property]) => [field, property.default]),
  );
}

function isOfType(value: unknown, type: string): boolean {
  if (type === "array") return Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  if (type === "object")
    return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function invalidInput(message: string): ApiError {
  return new ApiError("invalid-input", { message: `Input is not valid: ${message}` });
}
