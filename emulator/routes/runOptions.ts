import { booleanParam, numberParam, wholeParam } from "../http/query";
import type { DeclaredRunOptions } from "../state/declarationTypes";

/** Values that are too small are refused later, with errors of their own. */
const checkedLater = { min: -Infinity };

/** The run options in a query. */
export function runOptionsOf(query: URLSearchParams): DeclaredRunOptions {
  return {
    build: query.get("build") ?? undefined,
    timeoutSecs: wholeParam(query, "timeout"),
    memoryMbytes: wholeParam(query, "memory"),
    maxItems: wholeParam(query, "maxItems", checkedLater),
    maxTotalChargeUsd: numberParam(query, "maxTotalChargeUsd", checkedLater),
    restartOnError: booleanParam(query, "restartOnError"),
  };
}
