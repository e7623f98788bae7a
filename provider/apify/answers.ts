import { z } from "zod";
import { ApifyNoAnswerError } from "./errors";
import type { ApiAnswer, ApiRequest } from "./connection";

/** Reads an answer in Apify's `{ data: … }` envelope. */
export function readData<S extends z.ZodType>(
  request: ApiRequest,
  answer: ApiAnswer,
  schema: S,
): z.infer<S> {
  return readJson(request, answer, z.looseObject({ data: schema })).data as z.infer<S>;
}

/** Reads an answer that is bare JSON, as dataset items are. */
export function readJson<S extends z.ZodType>(
  request: ApiRequest,
  answer: ApiAnswer,
  schema: S,
): z.infer<S> {
  let json: unknown;
  try {
    json = JSON.parse(answer.text);
  } catch {
    throw new ApifyNoAnswerError(request, "unreadable", "the answer is not JSON");
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problem = parsed.error.issues[0];
  const where = problem?.path.join(".") ?? "";
  const reason = `the answer is not of the documented shape: ${where} ${problem?.message ?? ""}`;
  throw new ApifyNoAnswerError(request, "unreadable", reason);
}
