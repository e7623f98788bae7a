import { fuzzBody } from "./bodies";
import { hostileText } from "./values";
import type { Choices } from "./choices";

/** A request that may be anything, except that it is valid HTTP. */
export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What requests can name. */
export interface Known {
  /** `METHOD /path/with/:parameters` */
  readonly endpoints: readonly [string, ...string[]];
  /** Ids and names of things that exist, by what comes before them in a path, such as `datasets`. */
  readonly ids: Readonly<Record<string, readonly [string, ...string[]]>>;
}

const methods = [
  "GET",
  "GET",
  "POST",
  "PUT",
  "DELETE",
  "HEAD",
  "PATCH",
  "OPTIONS",
  "TRACE",
] as const;

const parameters = [
  ["limit", "offset", "desc", "unnamed", "my", "status", "startedAfter", "startedBefore"],
  [
    "timeout",
    "memory",
    "maxItems",
    "maxTotalChargeUsd",
    "restartOnError",
    "build",
    "waitForFinish",
  ],
  ["webhooks", "gracefully", "targetActorId", "outputRecordKey", "origin", "token", "method"],
  ["format", "clean", "fields", "omit", "unwind", "flatten", "skipHidden", "skipEmpty", "view"],
  ["delimiter", "bom", "skipHeaderRow", "xmlRoot", "xmlRow", "attachment", "simplified"],
  ["exclusiveStartKey", "prefix", "collection", "signature", "name", "raw", "download"],
  ["lockSecs", "forefront", "clientKey", "cursor", "filter", "exclusiveStartId"],
].flat() as [string, ...string[]];

const parameterValues = [
  "0",
  "1",
  "2",
  "10",
  "60",
  "512",
  "999999",
  "true",
  "json",
  "csv",
  "xml",
  "html",
  "rss",
  "xlsx",
  "jsonl",
  "SUCCEEDED,RUNNING",
  "2026-01-01T00:00:00.000Z",
  "W10=",
  "W3siZXZlbnRUeXBlcyI6WyJBQ1RPUi5SVU4uU1VDQ0VFREVEIl19XQ==",
  "a,b,a.b",
] as const;

/** A random request to an endpoint, to something like one, or to anything. */
export function fuzzRequest(choices: Choices, known: Known): FuzzRequest {
  const { oneIn, among } = choices;
  const [method = "", pattern = ""] = among(known.endpoints).split(" ");
  const { bytes, headers } = fuzzBody(choices);
  const path = oneIn(30) ? anyPath(choices) : pathOf(choices, known, pattern);
  const sent = oneIn(10) ? among(methods) : method;
  const hasBody = !["GET", "HEAD"].includes(sent) || oneIn(20);
  return {
    method: sent,
    path: (path + queryOf(choices)).slice(0, 12_000),
    headers: { ...tokenOf(choices), ...(hasBody ? headers : {}), ...oddHeaders(choices) },
    body: hasBody ? bytes : Buffer.alloc(0),
  };
}

function pathOf(choices: Choices, { ids }: Known, pattern: string): string {
  const { oneIn, among } = choices;
  const kinds = Object.keys(ids) as [string, ...string[]];
  const parts = pattern.split("/");
  const segments = parts.map((segment, at) => {
    const isParameter = segment.startsWith(":");
    if (oneIn(isParameter ? 8 : 100)) return asSegment(choices, hostileText(choices));
    if (!isParameter) return segment;
    const kind = oneIn(8) ? among(kinds) : (parts[at - 1] ?? "");
    return among(ids[kind] ?? ["none"]);
  });
  return segments.join("/");
}

function anyPath(choices: Choices): string {
  return `/${choices.list(6, () => asSegment(choices, hostileText(choices))).join("/")}`;
}

/** Mostly encoded as it should be; else as it is, as far as HTTP allows that. */
function asSegment({ oneIn }: Choices, text: string): string {
  return oneIn(3) ? text.replaceAll(/[^\x21-\x7e]/gu, "_") : encodeURIComponent(text);
}

function queryOf(choices: Choices): string {
  const { oneIn, among, list } = choices;
  if (oneIn(2)) return "";
  const pairs = list(5, () => {
    const value = oneIn(3) ? hostileText(choices) : among(parameterValues);
    return `${among(parameters)}=${asSegment(choices, value)}`;
  });
  return `?${pairs.join("&")}`;
}

function tokenOf({ oneIn, among }: Choices): Record<string, string> {
  const token = oneIn(10) ? among(["", "wrong", "john-token", "x".repeat(5_000)]) : "jane-token";
  if (oneIn(20)) return {};
  return { Authorization: oneIn(30) ? token : `Bearer ${token}` };
}

function oddHeaders(choices: Choices): Record<string, string> {
  const { oneIn, among } = choices;
  if (!oneIn(8)) return {};
  const headers: Record<string, readonly [string, ...string[]]> = {
    Host: ["localhost", "evil.example", "127.0.0.1:1", "localhost.evil.example", "a b", ""],
    Origin: ["null", "http://localhost:1", "https://evil.example", "x"],
    "Accept-Encoding": ["gzip", "br;q=1, *;q=0", ";;;", "gzip;q=x"],
    "Content-Type": ["application/json", "text/plain", ";", "application/json; charset=x"],
    "X-Apify-Request-Origin": ["CLI", "constructor", ""],
    "User-Agent": ["", "x".repeat(3_000)],
    Accept: ["text/html", "*/*", "application/json"],
    Cookie: ["token=jane-token", "x", "=;=;"],
    Range: ["bytes=0-1", "bytes=-1"],
    "If-None-Match": ["*"],
    "Idempotency-Key": ["once", ""],
    Upgrade: ["websocket", "h2c"],
    "Sec-Fetch-Site": ["cross-site", "same-origin"],
    "X-HTTP-Method-Override": ["DELETE"],
  };
  const name = among(Object.keys(headers) as [string, ...string[]]);
  return { [name]: among(headers[name] ?? ["x"]) };
}
