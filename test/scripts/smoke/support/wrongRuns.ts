import { alter, alterData, alterItems, alterStatus, requestLine, withBody } from "./alterations";
import type { Answer, Emulator, JsonObject } from "../../../../emulator";
import type { Wrong } from "./alterations";

const getRun = /^GET \/v2\/actor-runs\/\w+(\?|$)/;
const postRuns = /^POST \/v2\/actor-tasks\/[^/]+\/runs/;
const listRuns = /^GET \/v2\/actor-tasks\/[^/]+\/runs/;
const readInput = /records\/INPUT$/;

/** Changes each description of a run in the answers that match. */
const inRuns =
  (pattern: RegExp, change: (run: JsonObject) => JsonObject): Wrong =>
  (apify) => {
    alterData(apify, pattern, (run) => ({ ...run, ...change(run) }));
  };

const meta = (run: JsonObject): JsonObject => run.meta as JsonObject;
const options = (run: JsonObject): JsonObject => run.options as JsonObject;

/** Answers the second start as the first. */
function oneStart({ use }: Emulator): void {
  let first: Answer | undefined;
  use(async (request, { serve, send }) => {
    if (!postRuns.test(requestLine(request))) return "pass";
    first ??= await serve();
    send(first);
    return "handled";
  });
}

/** Answers long polls at once. */
function noLongPolls(apify: Emulator): void {
  apify.use((request, { send }) => {
    const run = apify.run(request.pathname.split("/")[3] ?? "");
    if (!/^GET .*waitForFinish/.test(requestLine(request)) || run === undefined) return "pass";
    const body = Buffer.from(JSON.stringify({ data: run }));
    send({ status: 200, headers: { "Content-Type": "application/json" }, body });
    return "handled";
  });
}

/** The start, the waits, the options, the input and the end of runs. */
export const ofRuns: Readonly<Record<string, readonly Wrong[]>> = {
  "start-answer": [
    (apify) => {
      alter(apify, postRuns, (answer) => ({ ...answer, status: 200 }));
    },
    inRuns(postRuns, () => ({ status: "QUEUED" })),
  ],
  "start-location": [
    (apify) => {
      alter(apify, postRuns, (answer) => ({ ...answer, headers: { Location: "/v2/actor-runs" } }));
    },
  ],
  "read-lag": [
    (apify) => {
      alterStatus(apify, getRun, { from: 200, to: 404 });
    },
  ],
  "list-lag": [
    (apify) => {
      alterItems(apify, listRuns, () => []);
    },
  ],
  "user-agent-stored": [
    inRuns(getRun, (run) => ({ meta: { ...meta(run), userAgent: "pulumi-apify/0.1.0" } })),
    inRuns(getRun, () => ({ meta: { origin: "API" } })),
  ],
  "user-agent-listed": [
    (apify) => {
      const cut = { origin: "API", userAgent: "pulumi-apify/0.1.0" };
      alterItems(apify, listRuns, (items) => items.map((item) => ({ ...item, meta: cut })));
    },
  ],
  "start-origin": [
    inRuns(getRun, (run) => ({ meta: { ...meta(run), origin: "WEB" } })),
    (apify) => {
      const web = { origin: "WEB" };
      alterItems(apify, listRuns, (items) => items.map((item) => ({ ...item, meta: web })));
    },
  ],
  "two-starts": [oneStart],
  "wait-holds": [noLongPolls],
  "wait-ends-early": [
    (apify) => {
      const headers = { Date: "Fri, 01 Jan 2100 00:00:00 GMT" };
      alter(apify, getRun, (answer) => ({ ...answer, headers }));
    },
  ],
  "run-timeout": [
    inRuns(getRun, ({ status }) => ({ status: status === "TIMED-OUT" ? "FAILED" : status })),
  ],
  statuses: [
    inRuns(getRun, ({ finishedAt, status }) => ({ status: finishedAt ? status : "PAUSED" })),
    inRuns(getRun, () => ({ finishedAt: null })),
  ],
  "run-fields": [
    inRuns(getRun, () => ({ buildNumber: null })),
    inRuns(getRun, () => ({ startedAt: "1 January 2026" })),
    inRuns(getRun, () => ({ exitCode: null })),
  ],
  "options-of-start": [
    inRuns(postRuns, (run) => ({ options: { ...options(run), memoryMbytes: 256 } })),
    inRuns(postRuns, () => ({ buildNumber: "9.9.9" })),
  ],
  "charge-limits": [
    inRuns(postRuns, (run) => ({ options: { ...options(run), maxItems: undefined } })),
    (apify) => {
      alterStatus(apify, /runs\?maxItems/, { from: 201, to: 400 });
    },
  ],
  "restart-on-error": [
    inRuns(postRuns, (run) => ({ options: { ...options(run), restartOnError: undefined } })),
  ],
  "options-of-task": [
    inRuns(getRun, (run) => ({ options: { ...options(run), memoryMbytes: 1024 } })),
  ],
  webhooks: [
    (apify) => {
      alterStatus(apify, /runs\?webhooks=/, { from: 201, to: 400 });
    },
  ],
  "input-of-task": [
    (apify) => {
      alter(apify, readInput, (answer) => withBody(answer, "{}"));
    },
  ],
  "input-merge": [
    (apify) => {
      const deep = { message: "pulumi-apify", nested: { a: 1, b: 2 } };
      alter(apify, readInput, (answer) => withBody(answer, JSON.stringify(deep)));
    },
    (apify) => {
      alter(apify, readInput, (answer) => withBody(answer, '{"nested":{"b":2}}'));
    },
  ],
  abort: [
    inRuns(/^POST .*\/abort/, () => ({ status: "RUNNING" })),
    (apify) => {
      alterStatus(apify, /^POST .*\/abort/, { from: 200, to: 403 });
    },
  ],
  "abort-gracefully": [
    inRuns(getRun, ({ status }) => ({ status: status === "ABORTED" ? "FAILED" : status })),
  ],
  resurrect: [
    inRuns(getRun, () => ({ stats: { resurrectCount: 0 } })),
    inRuns(/^POST .*\/resurrect/, () => ({ id: "another" })),
  ],
  "delete-live-run": [
    (apify) => {
      alterStatus(apify, /^DELETE \/v2\/actor-runs/, { from: 400, to: 204 });
    },
  ],
  "delete-run": [
    (apify) => {
      alterStatus(apify, /^GET \/v2\/datasets\/\w+$/, { from: 404, to: 200 });
    },
    (apify) => {
      alterStatus(apify, /^DELETE \/v2\/key-value-stores/, { from: 404, to: 204 });
    },
    (apify) => {
      alterStatus(apify, /^DELETE \/v2\/actor-runs/, { from: 204, to: 403 });
    },
  ],
};

/** The data and the logs of runs. */
export const ofData: Readonly<Record<string, readonly Wrong[]>> = {
  "dataset-items": [
    (apify) => {
      const enveloped = (answer: Answer): Answer =>
        withBody(answer, `{"data":${answer.body.toString()}}`);
      alter(apify, /items\?format=json$/, enveloped);
    },
  ],
  "dataset-query": [
    (apify) => {
      alter(apify, /items\?.*unwind/, (answer) => withBody(answer, "[]"));
    },
  ],
  "item-count": [
    (apify) => {
      alterData(apify, /^GET \/v2\/datasets\/\w+$/, (data) => ({ ...data, itemCount: 0 }));
    },
  ],
  "record-read": [
    (apify) => {
      const headers = { "Content-Type": "text/plain" };
      alter(apify, /^GET .*records\/smoke$/, (answer) => ({ ...answer, headers }));
    },
  ],
  "record-missing": [
    (apify) => {
      alterStatus(apify, /records\/no-such/, { from: 404, to: 204 });
    },
  ],
  usage: [inRuns(getRun, () => ({ usageTotalUsd: null }))],
  "log-lines": [
    (apify) => {
      alter(apify, /\/log$/, (answer) => withBody(answer, "Hello\n"));
    },
  ],
  "log-stream": [
    (apify) => {
      alter(apify, /\/log\?stream/, ({ status, headers, body }) => ({ status, headers, body }));
    },
  ],
};
