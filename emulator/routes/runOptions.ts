import { invalidValue } from "../http/errors";
import { booleanParam, numberParam } from "../http/query";
import { parseJson } from "../json";
import type { DeclaredRunOptions } from "../state/declaration";

/** Values that are too small are refused later, with errors of their own. */
const checkedLater = { min: -Infinity };

/** The run options in a query. */
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

/** The ad-hoc webhooks in a query: the Base64 encoding of a JSON array. */
export function webhooksOf(query: URLSearchParams): unknown[] {
  const text = query.get("webhooks");
  if (text === null || text === "") return [];
  // URLSearchParams decodes an unescaped "+" as a space.
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
