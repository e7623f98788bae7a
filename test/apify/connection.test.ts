import assert from "node:assert/strict";
import { inspect } from "node:util";
import { connect } from "../../provider/apify/connection";
import { ApifyError, ApifyNoAnswerError } from "../../provider/apify/errors";
import { remedyOf } from "../../provider/apify/remedy";
import { createAutoClock, createFakeClock, endable } from "../support/fakeClock";
import { cut, json, reset, testServers, text } from "../support/httpServer";
import type { ApiRequest, ConnectionOptions } from "../../provider/apify/connection";
import type { Answer } from "../support/httpServer";

const { serve, nobody } = testServers();
const token = "apify_api_SECRET0123456789";
const get: ApiRequest = { method: "GET", path: "/v2/x" };
const fine = json(200, { data: 1 });

function open(server: { readonly baseUrl: string }, options: Partial<ConnectionOptions> = {}) {
  const clock = createAutoClock({ holds: endable });
  return connect({
    token,
    baseUrl: server.baseUrl,
    userAgent: "test/1",
    clock,
    ...options,
  });
}

async function failure(call: Promise<unknown>): Promise<ApifyError | ApifyNoAnswerError> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof ApifyError || error instanceof ApifyNoAnswerError);
    return error;
  }
  assert.fail("the call succeeded");
}

async function apifyError(call: Promise<unknown>): Promise<ApifyError> {
  const error = await failure(call);
  assert.ok(error instanceof ApifyError);
  return error;
}

async function noAnswer(call: Promise<unknown>): Promise<ApifyNoAnswerError> {
  const error = await failure(call);
  assert.ok(error instanceof ApifyNoAnswerError);
  return error;
}

describe("a request to Apify", () => {
  it("carries the token in its header and nowhere else", async () => {
    const server = await serve(fine);
    await open(server).call({ ...get, query: { limit: 1 } });
    const [request] = server.requests;
    assert.ok(request);
    assert.equal(request.headers.authorization, `Bearer ${token}`);
    assert.equal(request.headers["user-agent"], "test/1");
    assert.equal(request.headers.accept, "application/json, */*");
    const { authorization, ...others } = request.headers;
    assert.ok(authorization);
    assert.ok(!JSON.stringify([request.target, others]).includes(token));
  });

  it("carries its note behind the User-Agent", async () => {
    const server = await serve(fine);
    await open(server).call({ ...get, userAgentNote: "(run-key k)" });
    assert.equal(server.requests[0]?.headers["user-agent"], "test/1 (run-key k)");
  });

  it("encodes its query and leaves out what is not given", async () => {
    const server = await serve(fine);
    const query = { a: "x&y=z +ž", b: 0, c: false, d: undefined, e: "" };
    await open(server).call({ ...get, query });
    assert.deepEqual(server.requests[0]?.query, { a: "x&y=z +ž", b: "0", c: "false", e: "" });
  });

  it("has no question mark when it has no query", async () => {
    const server = await serve(fine);
    await open(server).call({ ...get, query: { a: undefined } });
    await open(server).call(get);
    assert.deepEqual(
      server.requests.map(({ target }) => target),
      ["/v2/x", "/v2/x"],
    );
  });

  it("goes below the path of the base URL", async () => {
    const server = await serve(fine);
    const connection = open({ baseUrl: `${server.baseUrl}/proxy` });
    assert.equal(connection.baseUrl, `${server.baseUrl}/proxy`);
    await connection.call(get);
    assert.equal(server.requests[0]?.path, "/proxy/v2/x");
  });

  it("brings back status, headers and text", async () => {
    const answer = await open(await serve(text(200, "ž", { "X-A": "b" }))).call(get);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers["x-a"], "b");
    assert.equal(answer.text, "ž");
  });

  it("refuses an answer beyond its own bound", async () => {
    const server = await serve(text(200, "x".repeat(11)));
    const error = await noAnswer(open(server).call({ ...get, maxResponseBytes: 10 }));
    assert.equal(error.kind, "unreadable");
    assert.match(error.message, /larger than 10 bytes/);
  });

  it("reads up to 16 MiB when it states no bound", async () => {
    const size = 16 * 1024 * 1024;
    assert.equal(
      (await open(await serve(text(200, "x".repeat(size)))).call(get)).text.length,
      size,
    );
    const server = await serve(text(200, "x".repeat(size + 1)), text(404, ""));
    const error = await noAnswer(open(server).call(get));
    assert.equal(error.kind, "unreadable");
  });

  it("does not ask again for an answer that is too large, which would come again as large", async () => {
    const server = await serve(text(200, "x".repeat(11)), text(200, "short"));
    await noAnswer(open(server).call({ ...get, maxResponseBytes: 10 }));
    assert.equal(server.requests.length, 1);
  });
});

describe("a request that may be repeated", () => {
  const failures: readonly (readonly [what: string, answer: Answer])[] = [
    ["a reset", reset],
    ["408", text(408, "")],
    ["429", text(429, "")],
    ["500", text(500, "")],
    ["502 with a page", text(502, "<html><title>Bad Gateway</title></html>")],
    ["503", text(503, "")],
    ["a body cut short", cut(200, '{"data"')],
    ["an error body cut short", cut(500, "<html")],
  ];
  for (const [what, answer] of failures) {
    for (const method of ["GET", "POST", "DELETE"] as const) {
      it(`is sent by ${method} until it is answered after ${what}`, async () => {
        const clock = createAutoClock({ holds: endable, random: 0 });
        const server = await serve(answer, answer, answer, fine);
        const done = await open(server, { clock }).call({ ...get, method });
        assert.equal(done.text, '{"data":1}');
        assert.equal(server.requests.length, 4);
        const pauses = clock.sleeps.filter((_, index) => index % 2 === 1);
        assert.deepEqual(pauses, [250, 500, 1_000]);
      });
    }
  }

  it("survives a mixture of all failures", async () => {
    const server = await serve(reset, ...failures.map(([, answer]) => answer), fine);
    assert.equal((await open(server).call(get)).status, 200);
    assert.equal(server.requests.length, failures.length + 2);
  });

  it("gives the reason for each pause, without the token", async () => {
    const reasons: string[] = [];
    const onPause = (reason: string): void => void reasons.push(reason);
    const server = await serve(text(503, ""), text(429, ""), fine);
    await open(server).call({ ...get, onPause });
    assert.deepEqual(reasons, [
      "Apify has a problem (503)",
      "Apify limits the rate of requests (429)",
    ]);
  });

  it("has the same body each time", async () => {
    const server = await serve(reset, text(503, ""), fine);
    await open(server).call({ ...get, method: "POST", body: '{"a":1}' });
    assert.deepEqual(
      server.requests.map(({ body }) => body.toString()),
      ['{"a":1}', '{"a":1}', '{"a":1}'],
    );
  });

  it("waits as long as the server asks", async () => {
    const clock = createAutoClock({ holds: endable });
    const server = await serve(text(429, "", { "Retry-After": "42" }), fine);
    await open(server, { clock }).call(get);
    assert.deepEqual(clock.sleeps, [30_000, 42_000, 30_000]);
  });

  it("does not wait at all when the server asks for more time than there is", async () => {
    const clock = createAutoClock({ holds: endable });
    const server = await serve(text(429, "", { "Retry-After": "121" }), fine);
    const error = await apifyError(open(server, { clock }).call(get));
    assert.equal(error.status, 429);
    assert.deepEqual(clock.sleeps, [30_000]);
  });

  it("is no busy loop under Retry-After: 0", async () => {
    const clock = createAutoClock({ holds: endable, random: 0 });
    const server = await serve(text(429, "", { "Retry-After": "0" }));
    await apifyError(open(server, { clock }).call(get));
    assert.ok(server.requests.length < 15, String(server.requests.length));
  });

  it("ends within one deadline over all attempts", async () => {
    const clock = createAutoClock({ holds: endable });
    const start = clock.monotonicMillis();
    const server = await serve(text(503, '{"error":{"type":"down","message":"Sorry."}}'));
    const error = await apifyError(open(server, { clock }).call(get));
    assert.equal(error.status, 503);
    assert.equal(error.apifyMessage, "Sorry.");
    const spent = clock.monotonicMillis() - start;
    assert.ok(spent > 60_000 && spent < 120_000, String(spent));
    assert.ok(server.requests.length > 5);
  });

  it("gives a stalled server its time-out, attempt after attempt, until the deadline", async () => {
    const clock = createAutoClock({ holds: endable, random: 0 });
    const start = clock.monotonicMillis();
    const attempts: number[] = [];
    const server = await serve(() => {
      const [timeout] = clock.pending();
      assert.ok(timeout !== undefined);
      attempts.push(timeout);
      clock.advance(timeout);
    });
    const error = await noAnswer(open(server, { clock }).call(get));
    assert.equal(error.kind, "noAnswer");
    assert.match(error.message, /no complete answer within 28 s \(4 attempts\)/);
    assert.deepEqual(attempts, [30_000, 30_000, 30_000, 28_250]);
    assert.equal(clock.monotonicMillis() - start, 120_000);
  });

  it("takes its time-outs from the options", async () => {
    const clock = createAutoClock({ holds: endable, random: 0 });
    const server = await serve(() => {
      clock.advance(clock.pending()[0] ?? 0);
    });
    const options = { clock, attemptTimeoutSecs: 2, totalTimeoutSecs: 3 };
    await noAnswer(open(server, options).call(get));
    assert.deepEqual(clock.sleeps, [2_000, 250, 750]);
  });

  it("adds the time that the server takes on purpose", async () => {
    const clock = createAutoClock({ holds: endable, random: 0 });
    const server = await serve(() => {
      clock.advance(clock.pending()[0] ?? 0);
    });
    const options = { clock, attemptTimeoutSecs: 100 };
    await noAnswer(open(server, options).call({ ...get, serverWaitSecs: 60 }));
    assert.deepEqual(clock.sleeps, [160_000, 250, 19_750]);
  });

  it("has a time of its own in place of all that", async () => {
    const clock = createAutoClock({ holds: endable, random: 0 });
    const server = await serve(() => {
      clock.advance(clock.pending()[0] ?? 0);
    });
    const request = { ...get, serverWaitSecs: 60, withinSecs: 100 };
    await noAnswer(open(server, { clock }).call(request));
    assert.deepEqual(clock.sleeps, [90_000, 250, 9_750]);
  });

  it("waits no longer than is left of it", async () => {
    const clock = createAutoClock({ holds: endable });
    const server = await serve(text(429, "", { "Retry-After": "7" }), fine);
    await apifyError(open(server, { clock }).call({ ...get, withinSecs: 7 }));
    assert.equal(server.requests.length, 1);
    await open(server, { clock }).call({ ...get, withinSecs: 8 });
    assert.equal(server.requests.length, 2);
  });

  it("tries an address without a server until the deadline", async () => {
    const clock = createAutoClock({ holds: endable });
    const error = await noAnswer(open(await nobody(), { clock }).call(get));
    assert.equal(error.kind, "unreachable");
    assert.equal(error.method, "GET");
    assert.equal(error.path, "/v2/x");
    assert.match(error.message, /ECONNREFUSED.* \(\d+ attempts\)$/);
  });

  for (const status of [400, 401, 402, 403, 404, 405, 409, 413, 415]) {
    it(`is not repeated after ${status}`, async () => {
      const server = await serve(text(status, "no"), fine);
      const error = await apifyError(open(server).call(get));
      assert.equal(error.status, status);
      assert.equal(server.requests.length, 1);
    });
  }
});

describe("a request that is cancelled", () => {
  it("is not repeated when it was under way", async () => {
    const cancel = new AbortController();
    const server = await serve(() => {
      cancel.abort();
    }, fine);
    const error = await noAnswer(open(server).call({ ...get, signal: cancel.signal }));
    assert.match(error.message, /the request was cancelled/);
    assert.equal(server.requests.length, 1);
  });

  it("does not sleep on when it was pausing", async () => {
    const cancel = new AbortController();
    const clock = createFakeClock();
    const server = await serve(text(503, ""), fine);
    const call = noAnswer(open(server, { clock }).call({ ...get, signal: cancel.signal }));
    await untilPausing();
    cancel.abort();
    assert.match((await call).message, /the request was cancelled/);
    assert.equal(server.requests.length, 1);

    async function untilPausing(): Promise<void> {
      while (!clock.pending().includes(375)) await new Promise(setImmediate);
    }
  });
});

describe("a request that is sent once", () => {
  for (const [what, answer, kind] of [
    ["a reset", reset, "lost"],
    ["503", text(503, ""), "response"],
    ["429", text(429, "", { "Retry-After": "1" }), "response"],
    ["408", text(408, ""), "response"],
    ["a body cut short", cut(201, "{"), "response"],
    ["a redirect", text(307, "", { Location: "/there" }), "response"],
  ] as const) {
    it(`is not repeated after ${what}`, async () => {
      const server = await serve(answer, fine);
      const result = await open(server).callOnce({ ...get, method: "POST", body: "{}" });
      assert.equal(result.kind, kind);
      assert.equal(server.requests.length, 1);
    });
  }

  it("has the time-out of one attempt and what the server takes on purpose", async () => {
    const clock = createFakeClock();
    const server = await serve(fine);
    await open(server, { clock }).callOnce(get);
    await open(server, { clock }).callOnce({ ...get, serverWaitSecs: 60 });
    assert.deepEqual(clock.sleeps, [30_000, 90_000]);
  });
});

describe("the error of a call", () => {
  it("keeps each fact of Apify's envelope in a field", async () => {
    const error = { type: "not-approved", message: "Approve it.", data: { approvalUrl: "u" } };
    const server = await serve(json(403, { error }));
    const request: ApiRequest = { method: "DELETE", path: "/v2/x", query: { private: "q" } };
    const thrown = await apifyError(open(server).call(request));
    assert.equal(thrown.status, 403);
    assert.equal(thrown.type, "not-approved");
    assert.equal(thrown.apifyMessage, "Approve it.");
    assert.deepEqual(thrown.data, { approvalUrl: "u" });
    assert.equal(thrown.method, "DELETE");
    assert.equal(thrown.path, "/v2/x");
    assert.equal(thrown.message, "Apify answered 403 not-approved to DELETE /v2/x: Approve it.");
  });

  const bodies: readonly (readonly [what: string, body: string, message: string])[] = [
    ["an HTML page", "<!doctype html><title>Oops</title>", '(an HTML page titled "Oops")'],
    ["no body", "", "(the answer has no text)"],
    ["a string", '"no"', '"no"'],
    ["a number", "7", "7"],
    ["an array", "[1]", "[1]"],
    ["10 MB of text", "x".repeat(10_000_000), `${"x".repeat(300)}…`],
    ["more than is read", "x".repeat(17 * 1024 * 1024), `${"x".repeat(300)}…`],
  ];
  for (const [what, body, message] of bodies) {
    it(`makes do with ${what}`, async () => {
      const thrown = await apifyError(open(await serve(text(404, body))).call(get));
      assert.equal(thrown.apifyMessage, message);
      assert.equal(thrown.type, undefined);
    });
  }

  it("says of a redirect that is not followed where it leads", async () => {
    const server = await serve(
      text(301, "", { Location: "https://elsewhere/v2/x" }),
      text(300, ""),
    );
    const post = await noAnswer(open(server).call({ ...get, method: "POST" }));
    assert.equal(post.kind, "unreadable");
    assert.match(post.message, /redirects \(301\) to https:\/\/elsewhere\/v2\/x; set the base URL/);
    const vague = await noAnswer(open(server).call(get));
    assert.match(vague.message, /redirects \(300\) to another address/);
  });

  it("says where the token was set, as the user can tell", async () => {
    for (const [tokenFrom, remedy] of [
      [undefined, "Check apify:token (or APIFY_TOKEN)."],
      ["apify:accounts.jane.token", "Check apify:accounts.jane.token."],
    ] as const) {
      const server = await serve(json(401, {}));
      const thrown = await apifyError(open(server, { tokenFrom }).call(get));
      assert.equal(remedyOf(thrown), remedy);
    }
  });

  it("says of a success that cannot be used why", () => {
    const answer = { kind: "response", status: 201, headers: {}, body: Buffer.alloc(0) } as const;
    const reasonOf = (reason: string | undefined): string =>
      open({ baseUrl: "http://127.0.0.1" }).failure(get, { ...answer, cut: reason }, 1).message;
    assert.match(reasonOf("it broke off"), /: it broke off$/);
    assert.match(reasonOf(undefined), /: the answer is not of the documented shape$/);
  });

  const echo = `you sent ${token}!`;
  const echoes: readonly (readonly [what: string, answer: Answer])[] = [
    ["its message", json(400, { error: { type: "t", message: echo } })],
    ["its type", json(400, { error: { type: echo, message: "m" } })],
    ["its data", json(400, { error: { type: "t", message: "m", data: { deep: [echo] } } })],
    ["a text", text(400, echo)],
    ["a page", text(400, `<html><title>${echo}</title>`)],
    ["a text that is cut amid the token", text(400, "x".repeat(290) + token)],
    ["a message that is cut amid it", json(400, { error: { message: "x".repeat(290) + token } })],
    ["the target of a redirect", text(300, "", { Location: `/?token=${token}` })],
  ];
  for (const [what, answer] of echoes) {
    it(`never shows the token, even if the server echoes it in ${what}`, async () => {
      const thrown = await failure(
        open(await serve(answer)).call({ ...get, method: "POST", query: { limit: 1 } }),
      );
      const shown = inspect(thrown, { depth: Infinity, showHidden: true }) + JSON.stringify(thrown);
      assert.ok(!shown.includes(token.slice(0, 12)), shown);
    });
  }

  it("never shows the token when no answer comes", async () => {
    const silent = await failure(open(await nobody()).call(get));
    const cancelled = await failure(
      open(await serve(reset)).call({ ...get, signal: AbortSignal.abort() }),
    );
    for (const error of [silent, cancelled]) {
      assert.ok(!inspect(error, { depth: Infinity }).includes(token));
    }
  });

  it("has the token taken out of texts from elsewhere, as often as it is there", async () => {
    const { redact } = open(await nobody());
    assert.equal(redact(`${token} and ${token}`), "[token] and [token]");
  });
});
