import assert from "node:assert/strict";
import { createAutoClock, endable } from "../../support/fakeClock";
import { cut, json, reset, testServers, text } from "../../support/httpServer";
import { apifyError, failure, fine, get, noResponse, open, post } from "../support/connecting";
import type { Repeatable } from "../../../provider/apify/apiRequest";
import type { Answer } from "../../support/httpServer";

const { serve, nobody } = testServers();

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
  const sendings: readonly Repeatable[] = [
    { method: "GET" },
    { method: "PUT" },
    { method: "DELETE" },
    { method: "POST", repeatable: "always" },
  ];
  for (const [what, answer] of failures) {
    for (const sending of sendings) {
      it(`is sent by ${sending.method} until it is answered after ${what}`, async () => {
        const clock = createAutoClock({ holds: endable, random: 0 });
        const server = await serve(answer, answer, answer, fine);
        const done = await open(server, { clock }).call({ ...get, ...sending });
        assert.equal(done.text, '{"data":1}');
        assert.equal(server.requests.length, 4);
        const pauses = clock.sleeps.filter((_, index) => index % 2 === 1);
        assert.deepEqual(pauses, [250, 500, 1_000]);
      });
    }
  }

  it("survives a mixture of all failures", async () => {
    const server = await serve(reset, ...failures.map(([, answer]) => answer), fine);
    assert.equal((await open(server).call(get)).text, '{"data":1}');
    assert.equal(server.requests.length, failures.length + 2);
  });

  it("says before each pause why it is made and for how long it goes on, without the token", async () => {
    const reasons: string[] = [];
    const onPause = (reason: string): void => void reasons.push(reason);
    const server = await serve(text(503, ""), text(429, ""), fine);
    await open(server).call({ ...get, onPause });
    assert.deepEqual(reasons, [
      "Apify had a server error (503); trying again for up to 2 min",
      "Apify is rate-limiting requests (429); trying again for up to 2 min",
    ]);
  });

  it("has the same body each time", async () => {
    const server = await serve(reset, text(503, ""), fine);
    await open(server).call({
      ...post,
      repeatable: "always",
      body: '{"a":1}',
    });
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

  it("gives a stalled server its timeout, attempt after attempt, until the deadline", async () => {
    const clock = createAutoClock({ holds: endable, random: 0 });
    const start = clock.monotonicMillis();
    const attempts: number[] = [];
    const server = await serve(() => {
      const [timeout] = clock.pending();
      assert.ok(timeout !== undefined);
      attempts.push(timeout);
      clock.advance(timeout);
    });
    const error = await noResponse(open(server, { clock }).call(get));
    assert.equal(error.kind, "noResponse");
    assert.match(error.message, /no complete response within 28 s \(4 attempts\)/);
    assert.deepEqual(attempts, [30_000, 30_000, 30_000, 28_250]);
    assert.equal(clock.monotonicMillis() - start, 120_000);
  });

  it("takes its timeouts from the options", async () => {
    const clock = createAutoClock({ holds: endable, random: 0 });
    const server = await serve(() => {
      clock.advance(clock.pending()[0] ?? 0);
    });
    const options = { clock, attemptTimeoutSecs: 2, totalTimeoutSecs: 3 };
    await noResponse(open(server, options).call(get));
    assert.deepEqual(clock.sleeps, [2_000, 250, 750]);
  });

  it("adds the time that the server takes on purpose", async () => {
    const clock = createAutoClock({ holds: endable, random: 0 });
    const server = await serve(() => {
      clock.advance(clock.pending()[0] ?? 0);
    });
    const options = { clock, attemptTimeoutSecs: 100 };
    await noResponse(open(server, options).call({ ...get, serverWaitSecs: 60 }));
    assert.deepEqual(clock.sleeps, [160_000, 250, 19_750]);
  });

  it("has a time of its own in place of all that", async () => {
    const clock = createAutoClock({ holds: endable, random: 0 });
    const server = await serve(() => {
      clock.advance(clock.pending()[0] ?? 0);
    });
    const request = { ...get, serverWaitSecs: 60, withinSecs: 100 };
    await noResponse(open(server, { clock }).call(request));
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
    const error = await noResponse(open(await nobody(), { clock }).call(get));
    assert.equal(error.kind, "unreachable");
    assert.match(
      error.message,
      /^GET \/v2\/x got no usable response.*ECONNREFUSED.* \(\d+ attempts\)$/,
    );
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

describe("a request that creates something", () => {
  for (const [what, answer] of [
    ["a reset", reset],
    ["408", text(408, "")],
    ["500", text(500, "")],
    ["503 that asks for retry", text(503, "", { "Retry-After": "1" })],
    ["a body cut short", cut(201, '{"data"')],
  ] as const) {
    it(`is not repeated after ${what}: it may have been done`, async () => {
      const server = await serve(answer, fine);
      const error = await failure(open(server).call(post));
      assert.equal(error.effect, "unknown");
      assert.equal(server.requests.length, 1);
    });
  }

  it("is repeated after a response that proves that nothing was done", async () => {
    const full = { error: { type: "memory-limit-exceeded", message: "m" } };
    const server = await serve(text(429, ""), json(402, full), fine);
    assert.equal((await open(server).call(post)).text, '{"data":1}');
    assert.equal(server.requests.length, 3);
  });
});

describe("a connection that is refused where nothing is worth waiting for", () => {
  it("is tried for some seconds only", async () => {
    const clock = createAutoClock({ holds: endable });
    const began = clock.monotonicMillis();
    const error = await noResponse(open(await nobody(), { clock, refusedSecs: 5 }).call(get));
    assert.equal(error.transient?.withinSecs, 5);
    const spent = clock.monotonicMillis() - began;
    assert.ok(spent > 1_000 && spent < 5_000, String(spent));
  });

  it("does not shorten the time for other failures", async () => {
    const clock = createAutoClock({ holds: endable });
    const began = clock.monotonicMillis();
    const server = await serve(reset);
    await noResponse(open(server, { clock, refusedSecs: 5 }).call(get));
    assert.ok(clock.monotonicMillis() - began > 60_000);
  });
});
