import { invalidValue } from "../http/errors";
import { booleanParam, numberParam } from "../http/query";
import { parseJson } from "../json";
import type { DeclaredRunOptions } from "../state/declaration";

/** Limits that are too small have errors of their own. */
const checkedLater = { least: -Infinity };

/** The run options that a query gives. */
export function runOptionsOf(query: URLSearchParams): DeclaredRunOptions {
  return {
    build: query.get("build") ?? undefined,
    timeoutSecs: numberParam(query, "timeout"),
    memoryMbytes: numberParam(query, "memory"),
    maxItems: numberParam(query, "maxItems", checkedLater),
    maxTotalChargeUsd: numberParam(query, "maxTotalChargeUsd", checkedLater),
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
    return parseJson(text);
  } catch {
    return undefined;
  }
}
