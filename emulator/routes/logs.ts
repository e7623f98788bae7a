import { bytes } from "../http/answer";
import { openRoute, type Route } from "../http/router";
import type { Platform } from "../platform";
import { logText } from "../runs/log";
import { findRun } from "./runs";

/** Logs of runs. */
export function logRoutes(platform: Platform): Route[] {
  return ["GET /v2/actor-runs/:id/log", "GET /v2/logs/:id"].map((pattern) =>
    openRoute(pattern, (request) => {
      const text = logText(findRun(platform, request));
      return bytes(Buffer.from(text), "text/plain; charset=utf-8");
    }),
  );
}
