import { z } from "zod";
import { ApifyNoResponseError } from "./errors";
import { isSuccess } from "./http";
import { NestingError } from "./redaction";
import type { ApiRequest } from "./apiRequest";
import type { HttpResult } from "./http";
import type { Redaction, WhatIsTooDeep } from "./redaction";

/** A complete response with a 2xx status. */
export interface ApiResponse {
  readonly headers: Readonly<Record<string, string>>;
  /** The body without the token. */
  readonly text: string;
  /** The body as JSON, without the token. Throws if it is not JSON; see `Redaction` for JSON that is nested too deeply. */
  json(whatIsTooDeep: WhatIsTooDeep): unknown;
}

/** Returns the response of a request that succeeded; otherwise `undefined`. */
export function responseIn(result: HttpResult, redaction: Redaction): ApiResponse | undefined {
  if (result.kind !== "response" || result.cut !== undefined) return undefined;
  if (!isSuccess(result.status)) return undefined;
  const { headers, body } = result;
  return {
    headers,
    get text() {
      return redaction.text(body.toString("utf8"));
    },
    json: (whatIsTooDeep) => redaction.parseJson(body.toString("utf8"), whatIsTooDeep),
  };
}

const envelopeSchema = z.looseObject({ data: z.unknown().optional() });

/** Reads a response in Apify's `{ data: … }` envelope. */
export function readData<S extends z.ZodType>(
  request: ApiRequest,
  response: ApiResponse,
  schema: S,
): z.infer<S> {
  // One field that is nested too deeply must not make the whole object unreadable: its id may be needed.
  const json = parse(request, () => response.json("becomesNull"));
  return matching(request, matching(request, json, envelopeSchema).data, schema, ["data"]);
}

/** Reads a response that is JSON without an envelope, such as dataset items. Throws if any part is unreadable. */
export function readJson<S extends z.ZodType>(
  request: ApiRequest,
  response: ApiResponse,
  schema: S,
): z.infer<S> {
  return matching(
    request,
    parse(request, () => response.json("throws")),
    schema,
  );
}

function parse(request: ApiRequest, read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    // A SyntaxError quotes the response, which may hold the token, so it does not become the cause.
    const reason = error instanceof NestingError ? error.message : "the response is not JSON";
    throw new ApifyNoResponseError(request, "unreadable", reason);
  }
}

/** The JSON as the schema reads it. `place` says where in the response it is; by default it is the whole response. */
function matching<S extends z.ZodType>(
  request: ApiRequest,
  json: unknown,
  schema: S,
  place: readonly string[] = [],
): z.infer<S> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problem = parsed.error.issues[0];
  const where = [...place, ...(problem?.path ?? [])].join(".");
  const reason = `the response is not in the documented format: ${where} ${problem?.message ?? ""}`;
  throw new ApifyNoResponseError(request, "unreadable", reason);
}
