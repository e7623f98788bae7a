import { z } from "zod";
import { ApifyNoAnswerError } from "./errors";
import { NestingError } from "./redaction";
import type { ApiAnswer, ApiRequest } from "./connection";

/** Reads an answer in Apify's `{ data: … }` envelope. */
export function readData<S extends z.ZodType>(
  request: ApiRequest,
  answer: ApiAnswer,
  schema: S,
): z.infer<S> {
  // An object's description is read all the same, since its id is not to be lost over one odd field.
  const json = parse(request, () => answer.json("becomesNull"));
  return matching(request, json, z.looseObject({ data: schema })).data as z.infer<S>;
}

/** Reads an answer that is bare JSON, as dataset items are: whole, or not at all. */
export function readJson<S extends z.ZodType>(
  request: ApiRequest,
  answer: ApiAnswer,
  schema: S,
): z.infer<S> {
  return matching(
    request,
    parse(request, () => answer.json("throws")),
    schema,
  );
}

function parse(request: ApiRequest, read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof NestingError ? error.message : "the answer is not JSON";
    throw new ApifyNoAnswerError(request, "unreadable", reason);
  }
}

function matching<S extends z.ZodType>(request: ApiRequest, json: unknown, schema: S): z.infer<S> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problem = parsed.error.issues[0];
  const where = problem?.path.join(".") ?? "";
  const reason = `the answer is not of the documented shape: ${where} ${problem?.message ?? ""}`;
  throw new ApifyNoAnswerError(request, "unreadable", reason);
}
