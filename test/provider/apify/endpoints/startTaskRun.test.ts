import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { connect } from "../../../../provider/apify/connection";
import { ApifyError, ApifyNoResponseError } from "../../../../provider/apify/errors";
import { redactionOf } from "../../../../provider/apify/redaction";
import { startEndpoint, startOutcome } from "../../../../provider/apify/endpoints/startTaskRun";
import { createAutoClock, endable } from "../../../support/fakeClock";
import { cut, json, reset, stall, testServers, text } from "../../../support/httpServer";
import example from "../../../fixtures/run-201.json";
import type { RequestError } from "../../../../provider/apify/errors";
import type { HttpResult } from "../../../../provider/apify/http";
import type {
  TaskStartOptions,
  StartOutcome,
} from "../../../../provider/apify/endpoints/startTaskRun";
import type { FakeClock } from "../../../support/fakeClock";
import type { Answer, ReceivedRequest } from "../../../support/httpServer";

const noToken = redactionOf("");

const { serve, nobody } = testServers();
const token = "apify_api_SECRET";

function start(
  server: { readonly baseUrl: string },
  options: Partial<TaskStartOptions> = {},
  clock: FakeClock = createAutoClock({ holds: endable }),
): Promise<StartOutcome> {
  const connection = connect({ token, baseUrl: server.baseUrl, userAgent: "test/1", clock });
  const userAgentNote = "(run-key k)";
  const request = { actorTaskId: "me~my-task", userAgentNote, ...options };
  return startEndpoint(connection).startTaskRun(request);
}

describe("the start request", () => {
  async function sent(options: Partial<TaskStartOptions>): Promise<ReceivedRequest> {
    const server = await serve(json(201, example));
    await start(server, options);
    const [request, ...others] = server.requests;
    assert.ok(request);
    assert.equal(others.length, 0);
    return request;
  }

  it("is the bare endpoint with an empty object when nothing is overridden", async () => {
    const request = await sent({});
    assert.equal(request.method, "POST");
    assert.equal(request.target, "/v2/actor-tasks/me~my-task/runs");
    assert.equal(request.body.toString(), "{}");
    assert.equal(request.headers["content-type"], "application/json; charset=utf-8");
    assert.equal(request.headers.authorization, `Bearer ${token}`);
  });

  it("carries its note behind the User-Agent, where Apify keeps it", async () => {
    const request = await sent({ userAgentNote: "(run-key 0123abc)" });
    assert.equal(request.headers["user-agent"], "test/1 (run-key 0123abc)");
  });

  it("carries each option under Apify's name", async () => {
    // Each option of the query; `tsc` fails when one is missing.
    const options: Required<
      Omit<TaskStartOptions, "actorTaskId" | "input" | "webhooks" | "userAgentNote">
    > = {
      build: "0.1.234",
      timeoutSecs: 60,
      memoryMbytes: 256,
      maxItems: 1000,
      maxTotalChargeUsd: 0.5,
      restartOnError: false,
    };
    const request = await sent(options);
    assert.deepEqual(request.query, {
      build: "0.1.234",
      timeout: "60",
      memory: "256",
      maxItems: "1000",
      maxTotalChargeUsd: "0.5",
      restartOnError: "false",
    });
  });

  it("tells an option of 0 or true from one that is not given", async () => {
    const request = await sent({ timeoutSecs: 0, restartOnError: true, memoryMbytes: undefined });
    assert.deepEqual(request.query, { timeout: "0", restartOnError: "true" });
  });

  it("carries webhooks as a JSON array in Base64", async () => {
    const webhooks = [
      { eventTypes: ["ACTOR.RUN.SUCCEEDED"], requestUrl: "https://example.com/?a=>>>???&ž=🦊" },
    ];
    const { query } = await sent({ webhooks });
    const encoded = query.webhooks ?? "";
    assert.match(encoded, /^[A-Za-z0-9+/]+=*$/);
    assert.deepEqual(JSON.parse(Buffer.from(encoded, "base64").toString("utf8")), webhooks);
    assert.equal(Buffer.from(encoded, "base64").toString("base64"), encoded);
  });

  it("keeps an empty list of webhooks, which is not the same as none", async () => {
    assert.deepEqual((await sent({ webhooks: [] })).query, { webhooks: "W10=" });
  });

  it("carries the input as its body, character for character", async () => {
    const inputJson = '{"b":1,"a":"ž🦊","list":[{"d":null,"c":0.1}]}';
    const input = JSON.parse(inputJson) as Record<string, unknown>;
    assert.equal((await sent({ input })).body.toString("utf8"), inputJson);
  });

  it("compresses a large input", async () => {
    const input = { urls: "x".repeat(100_000) };
    const request = await sent({ input });
    assert.equal(request.headers["content-encoding"], "gzip");
    assert.equal(gunzipSync(request.body).toString("utf8"), JSON.stringify(input));
  });

  it("encodes the task's name", async () => {
    const { target } = await sent({ actorTaskId: "a/b?c" });
    assert.equal(target, "/v2/actor-tasks/a%2Fb%3Fc/runs");
  });

  it("goes over a connection of its own", async () => {
    const ports = new Set<number | undefined>();
    const server = await serve((response) => {
      ports.add(response.socket?.remotePort);
      response.writeHead(201).end(JSON.stringify(example));
    });
    await start(server);
    await start(server);
    assert.equal(ports.size, 2);
  });
});

describe("a start over a real connection", () => {
  const location = { Location: "https://api.apify.com/v2/actor-tasks/t/runs/r1" };
  const endings: readonly (readonly [
    what: string,
    answer: Answer,
    outcome: StartOutcome["outcome"],
    runId?: string,
  ])[] = [
    ["a 201", json(201, example), "started", example.data.id],
    ["a 201 without a body", text(201, ""), "unknown"],
    ["a 201 without a body, but a Location", text(201, "", location), "started", "r1"],
    ["a 201 cut short", cut(201, '{"data":{"id":"r9"'), "unknown"],
    ["a 201 cut short after its Location", cut(201, "{", location), "started", "r1"],
    ["a 201 larger than is read", text(201, "x".repeat(17 * 1024 * 1024)), "unknown"],
    ["a 307", text(307, "", { Location: "/v2/actor-tasks/t/runs" }), "refused"],
    ["a 400", json(400, { error: { type: "invalid-input", message: "m" } }), "refused"],
    ["a 408", text(408, ""), "unknown"],
    ["a 429", text(429, "", { "Retry-After": "0" }), "refused"],
    ["a 500", text(500, ""), "unknown"],
    ["a 502", text(502, "<html><title>Bad Gateway</title>"), "unknown"],
    ["a 503", text(503, "", { "Retry-After": "0" }), "unknown"],
    ["a reset", reset, "unknown"],
    ["a close without a word", (response) => response.socket?.end(), "unknown"],
  ];
  for (const [what, answer, outcome, runId] of endings) {
    it(`is sent exactly once and is ${outcome} after ${what}`, async () => {
      const server = await serve(answer);
      const result = await start(server);
      assert.equal(result.outcome, outcome);
      assert.equal(result.outcome === "started" ? result.runId : undefined, runId);
      assert.equal(server.requests.length, 1);
    });
  }

  it("is sent exactly once and is unknown when the server stalls", async () => {
    const clock = createAutoClock({ holds: endable });
    const server = await serve((...request) => {
      stall(...request);
      clock.advance(30_000);
    });
    const result = await start(server, {}, clock);
    assert.ok(result.outcome === "unknown");
    assert.match(result.error.message, /no complete response within 30 s$/);
    assert.equal(server.requests.length, 1);
    assert.deepEqual(clock.sleeps, [30_000]);
  });

  it("is refused when nobody listens", async () => {
    const result = await start(await nobody());
    assert.ok(result.outcome === "refused" && result.error instanceof ApifyNoResponseError);
    assert.equal(result.error.kind, "unreachable");
    assert.match(result.error.message, /^POST \/v2\/actor-tasks\/me~my-task\/runs /);
  });

  it("reports a refusal with what Apify said, but without the token", async () => {
    const error = { type: "invalid-input", message: `No ${token}.`, data: { echo: token } };
    const result = await start(await serve(json(400, { error })));
    assert.ok(result.outcome === "refused" && result.error instanceof ApifyError);
    assert.equal(result.error.status, 400);
    assert.equal(result.error.type, "invalid-input");
    assert.equal(result.error.apifyMessage, "No [token].");
    assert.deepEqual(result.error.data, { echo: "[token]" });
  });

  it("says what stands in the way of a start that may be accepted later", async () => {
    const error = { type: "memory-limit-exceeded", message: "m" };
    const full = await start(await serve(json(402, { error }, { "Retry-After": "7" })));
    assert.ok(full.outcome === "refused");
    const reason = "all of the account's memory is in use";
    assert.deepEqual(full.error.transient, { kind: "capacity", reason, retryAfterMillis: 7000 });
    const away = await start(await nobody());
    assert.equal(away.outcome === "refused" && away.error.transient?.kind, "unavailable");
    const final = await start(await serve(json(400, { error: { type: "t", message: "m" } })));
    assert.equal(final.outcome === "refused" && final.error.transient, undefined);
  });

  it("says of an unreadable 201 that it is not what is documented", async () => {
    const result = await start(await serve(json(201, { data: {} })));
    assert.ok(result.outcome === "unknown" && result.error instanceof ApifyNoResponseError);
    assert.equal(result.error.kind, "unreadable");
    assert.match(result.error.message, /not in the documented format$/);
  });
});

describe("the outcome of a start", () => {
  const error = new ApifyNoResponseError({ method: "POST", path: "/" }, "noResponse", "for a test");

  /** The error that comes with a result. */
  function failure(result: HttpResult): RequestError {
    const connection = connect({
      token,
      baseUrl: "http://127.0.0.1",
      userAgent: "test/1",
      clock: createAutoClock(),
    });
    return connection.errorFrom({ method: "POST", path: "/" }, result, 1);
  }

  function answered(status: number, body = "", location?: string, cutBy?: string): HttpResult {
    const headers: Record<string, string> = location === undefined ? {} : { location };
    return { kind: "response", status, headers, body: Buffer.from(body), cut: cutBy };
  }
  const url = "https://api.apify.com/v2/actor-tasks/t/runs/HG7ML7M8z78YcAPEB";

  it("is the whole run when all of it can be read", () => {
    for (const status of [200, 201, 202]) {
      assert.deepEqual(
        startOutcome(answered(status, JSON.stringify(example), url), error, noToken),
        {
          outcome: "started",
          runId: example.data.id,
          run: example.data,
        },
      );
    }
  });

  it("trusts the body more than the Location", () => {
    const result = startOutcome(answered(201, '{"data":{"id":"fromBody"}}', url), error, noToken);
    assert.deepEqual(result, { outcome: "started", runId: "fromBody", run: undefined });
  });

  const idAlone: readonly (readonly [what: string, result: HttpResult])[] = [
    ["a run of another shape", answered(201, '{"data":{"id":"HG7ML7M8z78YcAPEB","status":7}}')],
    ["an empty body with a Location", answered(201, "", url)],
    ["a body that is not JSON with a Location", answered(201, "<html>", url)],
    ["a body cut short with a Location", answered(201, '{"data":{"id":"HG', url, "cut")],
    ["another document with a Location", answered(201, "[]", url)],
    ["an empty id with a Location", answered(201, '{"data":{"id":""}}', url)],
    ["an id that is no text with a Location", answered(201, '{"data":{"id":5}}', url)],
    ["a Location that ends in a slash", answered(201, "", `${url}/`)],
    ["a Location with a query", answered(201, "", `${url}?x=/runs/other`)],
    ["a Location of the run itself", answered(201, "", "/v2/actor-runs/HG7ML7M8z78YcAPEB")],
  ];
  for (const [what, result] of idAlone) {
    it(`is the run's id alone after ${what}`, () => {
      assert.deepEqual(startOutcome(result, error, noToken), {
        outcome: "started",
        runId: "HG7ML7M8z78YcAPEB",
        run: undefined,
      });
    });
  }

  const unknown: readonly (readonly [what: string, result: HttpResult])[] = [
    ["an empty body", answered(201)],
    ["a body that is not JSON", answered(201, "<html>")],
    ["a body cut short", answered(201, '{"data":{"id":"HG7ML7M8', undefined, "cut")],
    ["another document", answered(201, '{"id":"HG7ML7M8z78YcAPEB"}')],
    ["null", answered(200, "null")],
    ["a Location without a run", answered(201, "", "https://api.apify.com/v2/actor-tasks/t/runs")],
    ["a Location of something else", answered(201, "", "https://api.apify.com/v2/builds/b1")],
    ["a Location beyond the run", answered(201, "", `${url}/log`)],
    ["a 204", answered(204)],
    ["a lost response", { kind: "lost", reason: "read ECONNRESET" }],
    ...[408, 500, 501, 502, 503, 504, 520, 599].map(
      (status) => [String(status), answered(status)] as const,
    ),
  ];
  for (const [what, result] of unknown) {
    it(`is unknown after ${what}`, () => {
      const error = failure(result);
      assert.deepEqual(startOutcome(result, error, noToken), { outcome: "unknown", error });
    });
  }

  const refused: readonly (readonly [what: string, result: HttpResult])[] = [
    ["no connection", { kind: "neverArrived", reason: "connect ECONNREFUSED" }],
    ...[300, 301, 302, 303, 304, 307, 308].map(
      (status) => [String(status), answered(status, "", url)] as const,
    ),
    ...[400, 401, 402, 403, 404, 405, 409, 413, 415, 422, 429, 499].map(
      (status) => [String(status), answered(status)] as const,
    ),
  ];
  for (const [what, result] of refused) {
    it(`is a refusal after ${what}`, () => {
      const error = failure(result);
      assert.deepEqual(startOutcome(result, error, noToken), { outcome: "refused", error });
    });
  }
});
