import { invalidValue } from "./errors";

/** A number from the query; undefined if it is missing. */
export function numberParam(
  query: URLSearchParams,
  name: string,
  { min = 0 }: { min?: number } = {},
): number | undefined {
  const text = query.get(name);
  if (text === null || text === "") return undefined;
  const value = Number(text);
  if (Number.isFinite(value) && value >= min) return value;
  throw invalidValue(
    `Parameter "${name}" must be a number of at least ${min}, but it is "${text}"`,
  );
}

/** `limit` from the query; 0 means none, as the official JavaScript client says where it pages. */
export function limitParam(query: URLSearchParams, { max }: { max: number }): number {
  const limit = numberParam(query, "limit") ?? 0;
  return limit > 0 ? Math.min(limit, max) : max;
}

/** A boolean from the query; Apify accepts `true` and `1`. */
export function booleanParam(query: URLSearchParams, name: string): boolean | undefined {
  const text = query.get(name);
  if (text === null || text === "") return undefined;
  return text === "true" || text === "1";
}

/** A comma-separated list from the query. */
export function listParam(query: URLSearchParams, name: string): string[] | undefined {
  const text = query.get(name);
  if (text === null || text === "") return undefined;
  return text.split(",").map((part) => part.trim());
}

const maxWaitSecs = 60;

/** The value of `waitForFinish`, at most 60 s: the official clients send 999999, so Apify must clamp it. */
export function waitMillis(query: URLSearchParams): number {
  const text = query.get("waitForFinish") ?? "";
  const secs = Number(text);
  if (Number.isNaN(secs)) {
    throw invalidValue(`Parameter "waitForFinish" must be a number, but it is "${text}"`);
  }
  return Math.min(Math.max(secs, 0), maxWaitSecs) * 1000;
}
