import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { closeEmulatorsAfterEach } from "./support/emulator";
import { startListeningRun } from "./support/listeningRun";
import type { Socket } from "node:net";

const textFrame = (text: string): Buffer => masked(0x81, Buffer.from(text));

/** A frame of a client, with a mask that is not zero. */
function masked(first: number, payload: Buffer): Buffer {
  const mask = Buffer.from([1, 2, 3, 4]);
  const length =
    payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 255];
  const head = Buffer.from([first, 0x80 | (length[0] ?? 0), ...length.slice(1)]);
  return Buffer.concat([head, mask, payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))]);
}

const handshake = (url: string, changes: Record<string, string | undefined> = {}): string => {
  const { host, pathname, search } = new URL(url);
  const headers: Record<string, string | undefined> = {
    Host: host,
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    ...changes,
  };
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}\r\n`],
  );
  return `GET ${pathname}${search} HTTP/1.1\r\n${lines.join("")}\r\n`;
};

/** Sends bytes, and returns all that the emulator sends until it ends the connection. */
async function exchange(url: string, pieces: readonly (string | Buffer)[]): Promise<Buffer> {
  const socket: Socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.setNoDelay(true);
  const received: Buffer[] = [];
  socket.on("data", (chunk) => received.push(chunk));
  socket.on("error", () => undefined);
  const ended = once(socket, "close");
  for (const piece of pieces) {
    await new Promise((resolve) => socket.write(piece, resolve));
  }
  await ended;
  return Buffer.concat(received);
}

describe("a WebSocket connection", () => {
  closeEmulatorsAfterEach();

  const closeCode = async (frames: Buffer): Promise<number> => {
    const { emulator, url } = await startListeningRun();
    const received = await exchange(url, [handshake(url), frames]);
    const at = received.lastIndexOf(Buffer.from([0x88, 2]));
    assert.ok(at > 0, received.toString("latin1"));
    // The emulator goes on.
    assert.equal((await emulator.call("GET /v2/users/me")).status, 200);
    return received.readUInt16BE(at + 2);
  };

  const hostile: [string, Buffer, number][] = [
    ["is not masked", Buffer.from([0x81, 1, 65]), 1002],
    ["has a reserved bit", masked(0xc1, Buffer.from("x")), 1002],
    ["has an unknown opcode", masked(0x83, Buffer.from("x")), 1002],
    ["is a control frame in pieces", masked(0x09, Buffer.from("x")), 1002],
    ["is a ping with more than 125 bytes", masked(0x89, Buffer.alloc(126)), 1002],
    ["continues nothing", masked(0x80, Buffer.from("x")), 1002],
    [
      "begins a message within another",
      Buffer.concat([masked(0x01, Buffer.from("x")), textFrame("y")]),
      1002,
    ],
    ["is a text that is too long", masked(0x81, Buffer.alloc(5000)), 1009],
    ["claims to have 2^63 bytes", Buffer.from([0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0]), 1009],
    ["closes with half a code", masked(0x88, Buffer.from([3])), 1002],
    ["closes with a code that must not be sent", masked(0x88, Buffer.from([3, 0xed])), 1002],
  ];
  for (const [what, frames, code] of hostile) {
    it(`is closed when a frame ${what}`, async () => {
      assert.equal(await closeCode(frames), code);
    });
  }

  it("is closed with the code that the client closes it with", async () => {
    assert.equal(await closeCode(masked(0x88, Buffer.from([0x0f, 0xa1]))), 4001);
    assert.equal(await closeCode(masked(0x88, Buffer.alloc(0))), 1000);
  });

  it("answers a ping, also in the middle of a message and in single bytes", async () => {
    const { url } = await startListeningRun();
    const frames = Buffer.concat([
      masked(0x01, Buffer.from("he")),
      masked(0x89, Buffer.from("still there?")),
      masked(0x80, Buffer.from("llo")),
      masked(0x88, Buffer.from([3, 0xe8])),
    ]);
    const received = await exchange(url, [
      handshake(url),
      ...[...frames].map((byte) => Buffer.from([byte])),
    ]);
    const answered = Buffer.concat([Buffer.from([0x8a, 12]), Buffer.from("still there?")]);
    assert.ok(received.includes(answered));
    assert.deepEqual([...received.subarray(-4)], [0x88, 2, 0x03, 0xe8]);
    const [head = ""] = received.toString("latin1").split("\r\n\r\n");
    // The example of https://www.rfc-editor.org/rfc/rfc6455#section-1.3
    assert.match(head, /^HTTP\/1\.1 101 /);
    assert.match(head, /Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=/);
  });

  it("may begin with frames that come together with the handshake", async () => {
    const { url } = await startListeningRun();
    const frames = Buffer.concat([
      masked(0x89, Buffer.from("early")),
      masked(0x88, Buffer.alloc(0)),
    ]);
    const received = await exchange(url, [Buffer.concat([Buffer.from(handshake(url)), frames])]);
    assert.ok(received.includes(Buffer.concat([Buffer.from([0x8a, 5]), Buffer.from("early")])));
  });

  it("is cut when its client reads nothing", async () => {
    const { emulator, url } = await startListeningRun();
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(handshake(url));
    await once(socket, "readable");
    // Each ping is answered, and the answers are not read.
    const pings = Buffer.concat(
      Array.from({ length: 10_000 }, () => masked(0x89, Buffer.alloc(125))),
    );
    const cut = new Promise((resolve) => socket.once("close", resolve));
    const flood = (error?: Error | null): void => {
      if (!error) socket.write(pings, flood);
    };
    flood();
    await cut;
    assert.equal((await emulator.call("GET /v2/users/me")).status, 200);
  });

  it("is refused for a handshake that is not valid", async () => {
    const { url } = await startListeningRun();
    const statusFor = async (changes: Record<string, string | undefined>): Promise<string> => {
      const reply = (await exchange(url, [handshake(url, changes)])).toString();
      assert.match(reply, /\{\s*"error": \{/);
      return reply.slice(9, 12);
    };
    assert.equal(await statusFor({ "Sec-WebSocket-Key": undefined }), "400");
    assert.equal(await statusFor({ "Sec-WebSocket-Key": "short" }), "400");
    assert.equal(await statusFor({ "Sec-WebSocket-Version": "8" }), "426");
  });
});

describe("a request that asks for a protocol other than WebSocket", () => {
  closeEmulatorsAfterEach();

  it("is answered as if it did not, with its body", async () => {
    const { emulator, run, url } = await startListeningRun();
    const body = JSON.stringify({ statusMessage: "over HTTP/1.1" });
    const head = [
      `PUT /v2/actor-runs/${run.id} HTTP/1.1`,
      `Host: ${new URL(url).host}`,
      "Connection: Upgrade, HTTP2-Settings, close",
      "Upgrade: h2c",
      "HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA",
      "Authorization: Bearer jane-token",
      "Content-Type: application/json",
      `Content-Length: ${body.length}`,
      "",
      "",
    ].join("\r\n");
    const reply = (await exchange(url, [head, body.slice(0, 5), body.slice(5)])).toString();
    assert.match(reply, /^HTTP\/1\.1 200 /);
    assert.equal(emulator.run(run.id)?.statusMessage, "over HTTP/1.1");
  });
});
