import { bytes } from "../http/answer";
import { openRoute } from "../http/router";
import { logText } from "../runs/log";
import { findRun } from "./runs";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";

/** /v2/logs and /v2/actor-runs/:id/log */
export function logRoutes(state: EmulatorState): Route[] {
  return ["GET /v2/actor-runs/:id/log", "GET /v2/logs/:id"].map((pattern) =>
    openRoute(pattern, (request) => {
      const text = logText(findRun(state, request));
      return bytes(Buffer.from(text), "text/plain; charset=utf-8");
    }),
  );
}
