import { booleanParam, numberParam } from "../http/query";
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
