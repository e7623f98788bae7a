import assert from "node:assert/strict";
import { createFakeClock } from "../../support/fakeClock";
import { cut, reset, testServers, text } from "../../support/httpServer";
import { fine, get, noResponse, open, post, token } from "../support/connecting";

const { serve } = testServers();

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
    await open({ baseUrl: `${server.baseUrl}/proxy` }).call(get);
    assert.equal(server.requests[0]?.path, "/proxy/v2/x");
  });

  it("brings back headers and text", async () => {
    const answer = await open(await serve(text(200, "ž", { "X-A": "b" }))).call(get);
    assert.equal(answer.headers["x-a"], "b");
    assert.equal(answer.text, "ž");
  });

  it("refuses a response beyond its own bound", async () => {
    const server = await serve(text(200, "x".repeat(11)));
    const error = await noResponse(open(server).call({ ...get, maxResponseBytes: 10 }));
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
    const error = await noResponse(open(server).call(get));
    assert.equal(error.kind, "unreadable");
  });

  it("does not ask again for a response that is too large, which would come again as large", async () => {
    const server = await serve(text(200, "x".repeat(11)), text(200, "short"));
    await noResponse(open(server).call({ ...get, maxResponseBytes: 10 }));
    assert.equal(server.requests.length, 1);
  });
});

describe("a request that is cancelled", () => {
  it("is not repeated when it was under way", async () => {
    const cancel = new AbortController();
    const server = await serve(() => {
      cancel.abort();
    }, fine);
    const error = await noResponse(open(server).call({ ...get, signal: cancel.signal }));
    assert.match(error.message, /the request was cancelled/);
    assert.equal(server.requests.length, 1);
  });

  it("does not sleep on when it was pausing", async () => {
    const cancel = new AbortController();
    const clock = createFakeClock();
    const server = await serve(text(503, ""), fine);
    const call = noResponse(open(server, { clock }).call({ ...get, signal: cancel.signal }));
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
      const result = await open(server).callOnce({ ...post, body: "{}" });
      assert.equal(result.kind, kind);
      assert.equal(server.requests.length, 1);
    });
  }

  it("has the timeout of one attempt and what the server takes on purpose", async () => {
    const clock = createFakeClock();
    const server = await serve(fine);
    await open(server, { clock }).callOnce(get);
    await open(server, { clock }).callOnce({ ...get, serverWaitSecs: 60 });
    assert.deepEqual(clock.sleeps, [30_000, 90_000]);
  });
});
