import { bytes } from "../http/answer";
import { notFound } from "../http/errors";
import { booleanParam } from "../http/query";
import { param } from "../http/request";
import { openRoute } from "../http/router";
import { buildLogText, followLog, logText } from "../runs/log";
import { findBuild } from "../state/lookup";
import { isTerminal } from "../state/run";
import { withoutTokens } from "../state/withoutTokens";
import { findRun } from "./runs";
import type { Answer } from "../http/answer";
import type { ApiRequest } from "../http/request";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";

const contentType = "text/plain; charset=utf-8";

/** /v2/logs, /v2/actor-runs/:id/log and /v2/actor-builds/:id/log */
export function logRoutes(state: EmulatorState): Route[] {
  return [
    openRoute("GET /v2/actor-runs/:id/log", (request) => runLog(state, request)),
    openRoute("GET /v2/actor-builds/:id/log", (request) => {
      const answer = buildLog(state, request);
      if (answer === undefined) throw notFound("Build");
      return answer;
    }),
    openRoute("GET /v2/logs/:id", (request) => buildLog(state, request) ?? runLog(state, request)),
  ];
}

function buildLog(state: EmulatorState, request: ApiRequest): Answer | undefined {
  const found = findBuild(state, param(request, "id"));
  if (found === undefined) return undefined;
  return bytes(Buffer.from(buildLogText(found.build)), contentType, {
    headers: headersOf(request),
  });
}

function runLog(state: EmulatorState, request: ApiRequest): Answer {
  const entry = findRun(state, request);
  const form = booleanParam(request.query, "raw") === true ? "raw" : "printable";
  const { log } = entry;
  const from = log.removed + log.lines.length;
  // Without a token, the id of a run is enough. The pages show it to everybody, but no tokens.
  const shown = (text: string): string =>
    request.caller === undefined ? withoutTokens(state, text) : text;
  const answer = bytes(Buffer.from(shown(logText(entry, form))), contentType, {
    headers: headersOf(request),
  });
  const isFollowed = booleanParam(request.query, "stream") === true;
  if (!isFollowed || isTerminal(entry.run.status)) return answer;
  return {
    ...answer,
    follow: (send, signal) => {
      const write = (text: string): Promise<void> => send(shown(text));
      return followLog(state, entry, { form, from, write, signal });
    },
  };
}

/** A log that is downloaded is a file to a browser. */
function headersOf(request: ApiRequest): Record<string, string> {
  if (booleanParam(request.query, "download") !== true) return {};
  return { "Content-Disposition": `attachment; filename="${param(request, "id")}.txt"` };
}
