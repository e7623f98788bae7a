import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { createFakeClock } from "../../support/fakeClock";
import { cut, json, testServers, text } from "../../support/httpServer";
import { cutShort, send, whole } from "../support/sending";
import type { Answer, TestServer } from "../../support/httpServer";

const { serve } = testServers();

describe("one request", () => {
  it("brings back status, headers and body", async () => {
    const server = await serve(json(201, { data: 1 }, { Location: "/here", "X-Two": ["a", "b"] }));
    const result = await send(server);
    assert.equal(result.kind, "response");
    assert.equal(result.status, 201);
    assert.equal(result.headers.location, "/here");
    assert.equal(result.headers["x-two"], "a, b");
    assert.equal(result.headers["content-type"], "application/json");
    assert.equal(result.body.toString(), '{"data":1}');
    assert.equal(result.cut, undefined);
  });

  it("leaves out headers that are not one text", async () => {
    const result = await send(await serve(text(200, "", { "Set-Cookie": ["a=1", "b=2"] })));
    assert.equal(result.kind, "response");
    assert.equal(result.headers["set-cookie"], undefined);
  });

  it("takes an empty response for a whole one", async () => {
    assert.equal(await whole(send(await serve(text(204, "")))), "");
  });

  it("takes any status for an answer", async () => {
    for (const status of [200, 304, 400, 404, 429, 500, 599]) {
      const result = await send(await serve(text(status, "")));
      assert.equal(result.kind === "response" && result.status, status);
    }
  });

  it("leaves no timer and no listener behind", async () => {
    const clock = createFakeClock();
    const cancel = new AbortController();
    let listeners = 0;
    const count =
      (step: number, original: AbortSignal["addEventListener"]): typeof original =>
      (...args: Parameters<typeof original>) => {
        listeners += step;
        original.apply(cancel.signal, args);
      };
    cancel.signal.addEventListener = count(1, cancel.signal.addEventListener.bind(cancel.signal));
    cancel.signal.removeEventListener = count(
      -1,
      cancel.signal.removeEventListener.bind(cancel.signal),
    );
    await whole(send(await serve(text(200, "")), { signal: cancel.signal }, clock));
    assert.equal(listeners, 0);
    assert.deepEqual(clock.sleeps, [30_000]);
    assert.deepEqual(clock.pending(), []);
  });
});

describe("the body of a request", () => {
  async function sent(body: string | undefined): Promise<TestServer["requests"][number]> {
    const server = await serve(text(200, ""));
    await whole(send(server, { method: "POST", ...(body === undefined ? {} : { body }) }));
    const [request] = server.requests;
    assert.ok(request);
    return request;
  }

  it("is JSON in UTF-8", async () => {
    const request = await sent('{"ž":"🦊"}');
    assert.equal(request.headers["content-type"], "application/json; charset=utf-8");
    assert.equal(request.body.toString("utf8"), '{"ž":"🦊"}');
  });

  it("may be absent", async () => {
    const request = await sent(undefined);
    assert.equal(request.body.length, 0);
    assert.equal(request.headers["content-type"], undefined);
    assert.equal(request.headers["content-encoding"], undefined);
  });

  it("goes out as it is below 64 KiB", async () => {
    const body = JSON.stringify("x".repeat(64 * 1024 - 3));
    const request = await sent(body);
    assert.equal(request.headers["content-encoding"], undefined);
    assert.equal(request.headers["content-length"], String(64 * 1024 - 1));
    assert.equal(request.body.toString("utf8"), body);
  });

  it("is compressed from 64 KiB on", async () => {
    const body = JSON.stringify("x".repeat(64 * 1024 - 2));
    const request = await sent(body);
    assert.equal(request.headers["content-encoding"], "gzip");
    assert.equal(request.headers["content-length"], String(request.body.length));
    assert.ok(request.body.length < 1024);
    assert.equal(gunzipSync(request.body).toString("utf8"), body);
  });

  it("is measured in bytes, not in characters", async () => {
    const body = JSON.stringify("ž".repeat(32 * 1024));
    const request = await sent(body);
    assert.equal(request.headers["content-encoding"], "gzip");
    assert.equal(gunzipSync(request.body).toString("utf8"), body);
  });

  it("may be as large as Apify takes", async () => {
    const body = JSON.stringify("0123456789abcdef".repeat(9 * 64 * 1024));
    assert.equal(gunzipSync((await sent(body)).body).toString("utf8"), body);
  });
});

describe("the body of an answer", () => {
  it("is decompressed", async () => {
    const gzipped = text(200, gzipSync("hello"), { "Content-Encoding": "gzip" });
    assert.equal(await whole(send(await serve(gzipped))), "hello");
  });

  it("may be as large as the bound", async () => {
    const server = await serve(text(200, "x".repeat(1024)));
    assert.equal(await whole(send(server)), "x".repeat(1024));
  });

  it("is not read beyond the bound", async () => {
    const server = await serve(text(200, "x".repeat(1025)));
    assert.equal((await cutShort(send(server))).cut, "the response is larger than 1024 bytes");
  });

  it("is bounded after decompression", async () => {
    const bomb = text(200, gzipSync("x".repeat(10_000_000)), { "Content-Encoding": "gzip" });
    const result = await cutShort(send(await serve(bomb)));
    assert.equal(result.cut, "the response is larger than 1024 bytes");
    assert.ok(result.text.length <= 1024);
  });

  it("is bounded while it still comes", async () => {
    const endless: Answer = (response) => {
      response.writeHead(200);
      response.write("x".repeat(5_000));
    };
    const result = await cutShort(send(await serve(endless)));
    assert.equal(result.cut, "the response is larger than 1024 bytes");
  });

  it("keeps its beginning and its headers when it breaks off", async () => {
    const server = await serve(cut(201, '{"data', { Location: "/runs/r1" }));
    const result = await send(server);
    assert.equal(result.kind, "response");
    assert.equal(result.status, 201);
    assert.equal(result.headers.location, "/runs/r1");
    assert.equal(result.body.toString(), '{"data');
    assert.match(result.cut ?? "", /^the response was cut off \(.+\)$/);
  });

  it("counts as cut when its last chunk never comes", async () => {
    const server = await serve((response) => {
      response.writeHead(200, { "Transfer-Encoding": "chunked" });
      response.write("[1,", () => response.socket?.destroy());
    });
    const result = await cutShort(send(server));
    assert.equal(result.text, "[1,");
    assert.match(result.cut, /cut off/);
  });

  for (const [where, length] of [
    ["its beginning", 5],
    ["its middle", 5_000],
    ["its very end", -1],
  ] as const) {
    it(`counts as cut when its compressed form breaks off at ${where}`, async () => {
      const gzipped = gzipSync(randomBytes(8_000));
      const server = await serve(
        cut(200, gzipped.subarray(0, length), { "Content-Encoding": "gzip" }),
      );
      const result = await cutShort(send(server, { maxResponseBytes: 100_000 }));
      assert.match(result.cut, /cut off/);
    });
  }

  it("counts as cut when it is not compressed as it claims", async () => {
    const server = await serve(text(200, "hello", { "Content-Encoding": "gzip" }));
    assert.match((await cutShort(send(server))).cut, /cut off/);
  });
});

describe("a redirect", () => {
  const elsewhere = (url: string): Answer => text(302, "", { Location: url });

  it("is followed by a GET", async () => {
    const server = await serve(elsewhere("/there"), text(200, "found"));
    assert.equal(await whole(send(server)), "found");
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      ["/v2/x", "/there"],
    );
  });

  it("takes no token to another server", async () => {
    const storage = await serve(text(200, "found"));
    const server = await serve(elsewhere(`${storage.baseUrl}/record`));
    assert.equal(await whole(send(server)), "found");
    assert.equal(server.requests[0]?.headers.authorization, "Bearer secret");
    assert.equal(storage.requests.length, 1);
    assert.equal(storage.requests[0]?.headers.authorization, undefined);
  });

  it("is given up when it leads in a circle", async () => {
    const server = await serve(elsewhere("/v2/x"));
    const result = await send(server);
    assert.equal(result.kind, "lost");
    assert.match(result.reason, /redirect/i);
    assert.equal(server.requests.length, 6);
  });

  for (const status of [301, 302, 303, 307, 308]) {
    for (const method of ["POST", "DELETE"] as const) {
      it(`with ${status} is not followed by a ${method}`, async () => {
        const server = await serve(text(status, "", { Location: "/there" }), text(200, ""));
        const result = await send(server, { method });
        assert.equal(result.kind === "response" && result.status, status);
        assert.equal(server.requests.length, 1);
      });
    }
  }
});
