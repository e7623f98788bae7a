import { ApiError } from "../http/errors";
import { schemaProblem } from "./schemaProblem";
import type { JsonObject } from "../json";
import type { InputSchema } from "../state/declarationTypes";
import type { SchemaProblem } from "./schemaProblem";

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
  if (schema === undefined) return;
  const problem = schemaProblem(input, { path: [], schema });
  if (problem !== undefined) throw invalidInput(problem);
}

/** Like `checkInput`, for the input of a task, to which a start can add what is required. */
export function checkSavedInput(schema: InputSchema | undefined, input: JsonObject): void {
  if (schema !== undefined) checkInput({ ...schema, required: [] }, input);
}

/** What Apify Console fills in for a new task: the prefilled values, and defaults that it hides. */
export function prefilledInput(schema: InputSchema | undefined): JsonObject {
  const fields = Object.entries(schema?.properties ?? {});
  return structuredClone(
    Object.fromEntries(
      fields.flatMap(([field, { prefill, default: value, editor }]): [string, unknown][] => {
        if (prefill !== undefined) return [[field, prefill]];
        return editor === "hidden" && value !== undefined ? [[field, value]] : [];
      }),
    ),
  );
}

function schemaDefaults(schema: InputSchema | undefined): JsonObject {
  const properties = Object.entries(schema?.properties ?? {});
  return Object.fromEntries(
    properties
      .filter(([, property]) => property.default !== undefined)
      .map(([field, property]) => [field, property.default]),
  );
}

function invalidInput(problem: SchemaProblem): ApiError {
  return new ApiError("invalid-input", { message: `Input is not valid: ${sentence(problem)}` });
}

function sentence({ field, keyword, message, isCustom }: SchemaProblem): string {
  if (isCustom) return message;
  if (keyword === "additionalProperties") return `Property input.${field} ${message}.`;
  return `Field input.${field} ${message}`;
}
