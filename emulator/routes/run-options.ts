import { ApiError, invalidValue } from "../http/errors";
import { booleanParam, numberParam } from "../http/query";
import type { DeclaredRunOptions } from "../state/declaration";

/** The run options that a query gives. */
export function runOptionsOf(query: URLSearchParams): DeclaredRunOptions {
  const maxItems = query.get("maxItems");
  if (maxItems !== null && Number(maxItems) < 0) {
    throw new ApiError("max-items-must-be-greater-than-zero");
  }
  return {
    build: query.get("build") ?? undefined,
    timeoutSecs: numberParam(query, "timeout"),
    memoryMbytes: numberParam(query, "memory"),
    maxItems: numberParam(query, "maxItems"),
    maxTotalChargeUsd: numberParam(query, "maxTotalChargeUsd"),
    restartOnError: booleanParam(query, "restartOnError"),
  };
}

/** The ad-hoc webhooks that a query gives, as base64 of a JSON array. */
export function webhooksOf(query: URLSearchParams): unknown[] {
  const text = query.get("webhooks");
  if (text === null || text === "") return [];
  // In a query a "+" that was not escaped arrives as a space.
  const decoded = Buffer.from(text.replaceAll(" ", "+"), "base64").toString("utf8");
  const webhooks = parsed(decoded);
  if (Array.isArray(webhooks)) return webhooks;
  throw invalidValue('Parameter "webhooks" must be a Base64-encoded JSON array');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
