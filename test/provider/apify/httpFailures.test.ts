import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createFakeClock } from "../../support/fakeClock";
import { reset, testServers, text } from "../../support/httpServer";
import { cutShort, send, whole } from "../support/sending";
import type { Socket } from "node:net";
import type { HttpRequest } from "../../../provider/apify/http";

const { serve, serveTcp, nobody } = testServers();

describe("a request that fails below HTTP", () => {
  it("was not sent when nobody listens", async () => {
    const result = await send(await nobody());
    assert.equal(result.kind, "neverArrived");
    assert.match(result.reason, /ECONNREFUSED/);
  });

  it("was not sent when the host has no address", async () => {
    const result = await send({ baseUrl: "http://no-such-host.invalid" });
    assert.equal(result.kind, "neverArrived");
  });

  it("was not sent when the address is none", async () => {
    const result = await send({ baseUrl: "http://" }, { url: "http://" });
    assert.equal(result.kind, "neverArrived");
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

  it("has no response when the connection is reset at once", async () => {
    const server = await serveTcp((socket) => socket.resetAndDestroy());
    assert.notEqual((await send(server)).kind, "response");
  });

  it("is lost when the response is not HTTP", async () => {
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
      const cause = Object.assign(new Error("the connection failed"), failure);
      const server = await serve(() => {
        sockets.destroy(cause);
      });
      const result = await send(server, { method: "POST", body: "{}" });
      const { code } = failure;
      const reason = `${code} the connection failed`;
      assert.deepEqual(result, { kind: "lost", reason, code, cause });
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
      assert.equal((await send(server)).kind, "neverArrived");
    });
  }

  it("says something even of an error that says nothing", async () => {
    const sockets = clientSockets();
    const cause = new Error("");
    const server = await serve(() => {
      sockets.destroy(cause);
    });
    assert.deepEqual(await send(server), { kind: "lost", reason: "unknown", cause });
  });
});

describe("a request that takes too long", () => {
  it("is lost at its timeout when no response begins", async () => {
    const clock = createFakeClock();
    const server = await serve(() => {
      clock.advance(29_999);
      assert.deepEqual(clock.pending(), [30_000]);
      clock.advance(1);
    });
    const result = await send(server, {}, clock);
    assert.deepEqual(result, { kind: "lost", reason: "no complete response within 30 s" });
  });

  it("is cut at its timeout when the response does not end", async () => {
    const clock = createFakeClock();
    const server = await serve((response) => {
      response.writeHead(200, { "Content-Length": 100 });
      response.write("begun");
    });
    const result = send(server, {}, clock);
    await beginningOfAnswer();
    clock.advance(30_000);
    assert.equal((await cutShort(result)).cut, "no complete response within 30 s");
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

  it("is cut when it is cancelled amid the response", async () => {
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

/** Resolves once the head of a response has been handed to whoever asked. */
function beginningOfAnswer(): Promise<void> {
  return new Promise((resolve) => {
    const note = (): void => void setImmediate(resolve);
    subscribe("http.client.response.finish", note);
    subscriptions.push(() => unsubscribe("http.client.response.finish", note));
  });
}
