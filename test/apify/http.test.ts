import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { randomBytes } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { sendOnce } from "../../provider/apify/http";
import { createFakeClock } from "../support/fakeClock";
import { cut, json, reset, testServers, text } from "../support/httpServer";
import type { Socket } from "node:net";
import type { HttpRequest, HttpResult } from "../../provider/apify/http";
import type { FakeClock } from "../support/fakeClock";
import type { Answer, TestServer } from "../support/httpServer";

const { serve, serveTcp, nobody } = testServers();

function send(
  server: { readonly baseUrl: string },
  request: Partial<HttpRequest> = {},
  clock: FakeClock = createFakeClock(),
): Promise<HttpResult> {
  return sendOnce(
    {
      method: "GET",
      url: `${server.baseUrl}/v2/x`,
      headers: { Authorization: "Bearer secret" },
      timeoutMillis: 30_000,
      maxResponseBytes: 1024,
      connection: "fresh",
      ...request,
    },
    clock,
  );
}

async function whole(result: Promise<HttpResult>): Promise<string> {
  const ended = await result;
  assert.equal(ended.kind, "response");
  assert.equal(ended.cut, undefined);
  return ended.body.toString("utf8");
}

async function cutShort(result: Promise<HttpResult>): Promise<{ text: string; cut: string }> {
  const ended = await result;
  assert.equal(ended.kind, "response");
  assert.ok(ended.cut !== undefined);
  return { text: ended.body.toString("utf8"), cut: ended.cut };
}

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

  it("takes an empty answer for a whole one", async () => {
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
    assert.equal((await cutShort(send(server))).cut, "the answer is larger than 1024 bytes");
  });

  it("is bounded after decompression", async () => {
    const bomb = text(200, gzipSync("x".repeat(10_000_000)), { "Content-Encoding": "gzip" });
    const result = await cutShort(send(await serve(bomb)));
    assert.equal(result.cut, "the answer is larger than 1024 bytes");
    assert.ok(result.text.length <= 1024);
  });

  it("is bounded while it still comes", async () => {
    const endless: Answer = (response) => {
      response.writeHead(200);
      response.write("x".repeat(5_000));
    };
    const result = await cutShort(send(await serve(endless)));
    assert.equal(result.cut, "the answer is larger than 1024 bytes");
  });

  it("keeps its beginning and its headers when it breaks off", async () => {
    const server = await serve(cut(201, '{"data', { Location: "/runs/r1" }));
    const result = await send(server);
    assert.equal(result.kind, "response");
    assert.equal(result.status, 201);
    assert.equal(result.headers.location, "/runs/r1");
    assert.equal(result.body.toString(), '{"data');
    assert.match(result.cut ?? "", /^the answer broke off \(.+\)$/);
  });

  it("counts as cut when its last chunk never comes", async () => {
    const server = await serve((response) => {
      response.writeHead(200, { "Transfer-Encoding": "chunked" });
      response.write("[1,", () => response.socket?.destroy());
    });
    const result = await cutShort(send(server));
    assert.equal(result.text, "[1,");
    assert.match(result.cut, /broke off/);
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
      assert.match(result.cut, /broke off/);
    });
  }

  it("counts as cut when it is not compressed as it claims", async () => {
    const server = await serve(text(200, "hello", { "Content-Encoding": "gzip" }));
    assert.match((await cutShort(send(server))).cut, /broke off/);
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

describe("a request that fails below HTTP", () => {
  it("was not sent when nobody listens", async () => {
    const result = await send(await nobody());
    assert.equal(result.kind, "notSent");
    assert.match(result.reason, /ECONNREFUSED/);
  });

  it("was not sent when the host has no address", async () => {
    const result = await send({ baseUrl: "http://no-such-host.invalid" });
    assert.equal(result.kind, "notSent");
  });

  it("was not sent when the address is none", async () => {
    const result = await send({ baseUrl: "http://" }, { url: "http://" });
    assert.equal(result.kind, "notSent");
    assert.match(result.reason, /Invalid URL/);
  });

  it("is lost when the connection is reset after it was received", async () => {
    const server = await serve(reset);
    const result = await send(server, { method: "POST", body: "{}" });
    assert.equal(result.kind, "lost");
    assert.match(result.reason, /ECONNRESET|socket hang up/);
    assert.equal(server.requests.length, 1);
  });

  it("is lost when the connection is closed without a word", async () => {
    const server = await serve((response) => response.socket?.end());
    assert.equal((await send(server)).kind, "lost");
    assert.equal(server.requests.length, 1);
  });

  it("has no answer when the connection is reset at once", async () => {
    const server = await serveTcp((socket) => socket.resetAndDestroy());
    assert.notEqual((await send(server)).kind, "response");
  });

  it("is lost when the answer is not HTTP", async () => {
    const server = await serveTcp((socket) => socket.end("hello\r\n\r\n"));
    assert.equal((await send(server)).kind, "lost");
  });

  it("is lost when the other side does not speak TLS", async () => {
    const server = await serve(text(200, ""));
    const url = server.baseUrl.replace("http:", "https:");
    const result = await send(server, { url });
    assert.equal(result.kind, "lost");
    assert.equal(server.requests.length, 0);
  });

  // Each of these has been seen to end a connection over which the request had gone out.
  const late: readonly { code: string; syscall?: string }[] = [
    { code: "EHOSTUNREACH", syscall: "read" },
    { code: "ENETUNREACH", syscall: "write" },
    { code: "ECONNREFUSED", syscall: "read" },
    { code: "ETIMEDOUT", syscall: "read" },
    { code: "EPIPE", syscall: "write" },
    { code: "ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC" },
    { code: "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED" },
    { code: "ERR_TLS_RENEGOTIATION_DISABLED" },
  ];
  for (const failure of late) {
    it(`is lost when ${failure.syscall ?? "TLS"} fails with ${failure.code}`, async () => {
      const sockets = clientSockets();
      const server = await serve(() => {
        sockets.destroy(Object.assign(new Error("the connection failed"), failure));
      });
      const result = await send(server, { method: "POST", body: "{}" });
      assert.deepEqual(result, { kind: "lost", reason: `${failure.code} the connection failed` });
      assert.equal(server.requests.length, 1);
    });
  }

  const early: readonly { code: string; syscall?: string }[] = [
    { code: "ETIMEDOUT", syscall: "connect" },
    { code: "ECONNRESET", syscall: "connect" },
    { code: "EAI_AGAIN", syscall: "getaddrinfo" },
    { code: "EHOSTUNREACH" },
    { code: "CERT_HAS_EXPIRED" },
    { code: "DEPTH_ZERO_SELF_SIGNED_CERT" },
    { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" },
    { code: "ERR_TLS_CERT_ALTNAME_INVALID" },
  ];
  for (const failure of early) {
    it(`was not sent when ${failure.syscall ?? "the connection"} fails with ${failure.code}`, async () => {
      const sockets = clientSockets();
      const server = await serve(() => {
        sockets.destroy(Object.assign(new Error("the connection failed"), failure));
      });
      assert.equal((await send(server)).kind, "notSent");
    });
  }

  it("says something even of an error that says nothing", async () => {
    const sockets = clientSockets();
    const server = await serve(() => {
      sockets.destroy(new Error(""));
    });
    assert.deepEqual(await send(server), { kind: "lost", reason: "unknown" });
  });
});

describe("a request that takes too long", () => {
  it("is lost at its time-out when no answer begins", async () => {
    const clock = createFakeClock();
    const server = await serve(() => {
      clock.advance(29_999);
      assert.deepEqual(clock.pending(), [30_000]);
      clock.advance(1);
    });
    const result = await send(server, {}, clock);
    assert.deepEqual(result, { kind: "lost", reason: "no complete answer within 30 s" });
  });

  it("is cut at its time-out when the answer does not end", async () => {
    const clock = createFakeClock();
    const server = await serve((response) => {
      response.writeHead(200, { "Content-Length": 100 });
      response.write("begun");
    });
    const result = send(server, {}, clock);
    await beginningOfAnswer();
    clock.advance(30_000);
    assert.equal((await cutShort(result)).cut, "no complete answer within 30 s");
  });

  it("closes its connection", async () => {
    const clock = createFakeClock();
    const closed = new Promise<void>((resolve) => {
      void serve((response) => {
        response.socket?.on("close", resolve);
        clock.advance(30_000);
      }).then((server) => send(server, {}, clock));
    });
    await closed;
  });
});

describe("a request that is cancelled", () => {
  it("is not sent when it was cancelled before", async () => {
    const server = await serve(text(200, ""));
    const result = await send(server, { signal: AbortSignal.abort() });
    assert.deepEqual(result, { kind: "lost", reason: "the request was cancelled" });
    assert.equal(server.requests.length, 0);
  });

  it("is lost when it is cancelled under way", async () => {
    const cancel = new AbortController();
    const server = await serve(() => {
      cancel.abort();
    });
    const result = await send(server, { signal: cancel.signal });
    assert.deepEqual(result, { kind: "lost", reason: "the request was cancelled" });
  });

  it("is cut when it is cancelled amid the answer", async () => {
    const cancel = new AbortController();
    const server = await serve((response) => {
      response.writeHead(200, { "Content-Length": 100 });
      response.write("begun");
    });
    const result = send(server, { signal: cancel.signal });
    await beginningOfAnswer();
    cancel.abort();
    assert.equal((await cutShort(result)).cut, "the request was cancelled");
  });
});

describe("the connection of a request", () => {
  async function portsOf(connection: HttpRequest["connection"]): Promise<Set<number | undefined>> {
    const ports = new Set<number | undefined>();
    const server = await serve((response) => {
      ports.add(response.socket?.remotePort);
      response.end("answer");
    });
    for (let request = 0; request < 3; request++) await whole(send(server, { connection }));
    return ports;
  }

  it("is kept for the next one", async () => {
    assert.equal((await portsOf("kept")).size, 1);
  });

  it("is one of its own when a fresh one is asked for", async () => {
    assert.equal((await portsOf("fresh")).size, 3);
  });
});

/** Node's own reports that a test listens to, until it ends. */
const subscriptions: (() => void)[] = [];
afterEach(() => {
  for (const end of subscriptions.splice(0)) end();
});

/** The sockets that this process opens as a client during one test. */
function clientSockets(): { destroy(error: Error): void } {
  const sockets: Socket[] = [];
  const note = (message: unknown): void =>
    void sockets.push((message as { socket: Socket }).socket);
  subscribe("net.client.socket", note);
  subscriptions.push(() => unsubscribe("net.client.socket", note));
  return {
    destroy: (error) => {
      for (const socket of sockets) socket.destroy(error);
    },
  };
}

/** Resolves once the head of an answer has been handed to whoever asked. */
function beginningOfAnswer(): Promise<void> {
  return new Promise((resolve) => {
    const note = (): void => void setImmediate(resolve);
    subscribe("http.client.response.finish", note);
    subscriptions.push(() => unsubscribe("http.client.response.finish", note));
  });
}
