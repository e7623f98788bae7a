import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { WebSocket } from "ws";
import { closeEmulatorsAfterEach, startTestEmulator, withActor } from "./support/emulator";
import type { Socket } from "node:net";
import type { ActorContext, Run } from "../../emulator";
import type { TestEmulator } from "./support/emulator";

interface ListeningRun {
  readonly emulator: TestEmulator;
  readonly run: Run;
  /** The address at which the run's code gets its events. */
  readonly url: string;
}

/** Starts a run whose code goes on until it is stopped. */
async function startListeningRun(): Promise<ListeningRun> {
  let started: (context: ActorContext) => void = () => undefined;
  const context = new Promise<ActorContext>((resolve) => (started = resolve));
  const emulator = await startTestEmulator({
    declaration: withActor({
      run: async (given) => {
        started(given);
        await new Promise(() => undefined);
      },
    }),
  });
  const run = await emulator.startRun("?timeout=0");
  emulator.clock.advance(0);
  const { env } = await context;
  assert.equal(env.APIFY_ACTOR_EVENTS_WS_URL, env.ACTOR_EVENTS_WEBSOCKET_URL);
  return { emulator, run, url: env.ACTOR_EVENTS_WEBSOCKET_URL ?? "" };
}

interface Listener {
  readonly socket: WebSocket;
  readonly events: { name: string; createdAt: string; data: Record<string, unknown> }[];
  /** The code of the close frame. */
  readonly closed: Promise<number>;
}

async function listenTo(url: string, headers: Record<string, string> = {}): Promise<Listener> {
  const socket = new WebSocket(url, { headers });
  const events: Listener["events"] = [];
  socket.on("message", (message: Buffer) => {
    events.push(JSON.parse(message.toString()) as Listener["events"][number]);
  });
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  await once(socket, "open");
  return { socket, events, closed };
}

/** The status with which a handshake is refused. */
async function refusalOf(url: string, headers: Record<string, string> = {}): Promise<number> {
  const socket = new WebSocket(url, { headers });
  const [, response] = (await once(socket, "unexpected-response")) as [
    unknown,
    { statusCode: number },
  ];
  socket.on("error", () => undefined);
  socket.terminate();
  return response.statusCode;
}

describe("the events of a run", () => {
  closeEmulatorsAfterEach();

  it("begin with the state of the system, which is sent again each second", async () => {
    const { emulator, url } = await startListeningRun();
    const { socket, events } = await listenTo(url);
    if (events.length === 0) await once(socket, "message");
    emulator.clock.advance(1000);
    await once(socket, "message");
    assert.deepEqual(events[1], {
      name: "systemInfo",
      createdAt: "2026-01-01T00:00:01.000Z",
      data: {
        createdAt: "2026-01-01T00:00:01.000Z",
        memAvgBytes: 0,
        memCurrentBytes: 0,
        memMaxBytes: 2 ** 30,
        cpuAvgUsage: 0,
        cpuMaxUsage: 0,
        cpuCurrentUsage: 0,
        isCpuOverloaded: false,
      },
    });
  });

  it("stop, and their timer with them, when nobody listens any more", async () => {
    const { emulator, url } = await startListeningRun();
    const { socket, closed } = await listenTo(url);
    socket.close(1000);
    assert.equal(await closed, 1000);
    emulator.clock.advance(1000);
    assert.equal(emulator.clock.pendingTimers(), 0);
  });

  it("include a warning before a migration, of which the run's code knows nothing else", async () => {
    const { emulator, run, url } = await startListeningRun();
    const { socket, events } = await listenTo(url);
    emulator.migrate(run.id);
    while (events.at(-1)?.name !== "migrating") await once(socket, "message");
    assert.deepEqual(events.at(-1)?.data, { timeRemainingSecs: 5 });
    assert.equal(emulator.run(run.id)?.stats.migrationCount, 0);
    emulator.clock.advance(5000);
    assert.equal(emulator.run(run.id)?.stats.migrationCount, 1);
    assert.equal(emulator.run(run.id)?.status, "RUNNING");
  });

  it("end with the run", async () => {
    const { emulator, run, url } = await startListeningRun();
    const { closed } = await listenTo(url);
    emulator.finish(run.id);
    assert.equal(await closed, 1000);
    assert.equal(await refusalOf(url), 404);
  });

  it("end when the run is deleted", async () => {
    const { emulator, run, url } = await startListeningRun();
    const { closed } = await listenTo(url);
    emulator.expireRun(run.id);
    assert.equal(await closed, 1000);
  });

  it("end with the emulator", async () => {
    const { emulator, url } = await startListeningRun();
    const { closed } = await listenTo(url);
    await emulator.close();
    assert.equal(await closed, 1001);
  });

  it("are for nobody who does not know the run's token", async () => {
    const { run, url } = await startListeningRun();
    assert.equal(await refusalOf(url.replace(/token=\w+/, "token=jane-token")), 404);
    assert.equal(await refusalOf(url.replace(/\?.*/, "")), 404);
    assert.equal(await refusalOf(url.replace(run.id, "unknown")), 404);
    assert.equal(await refusalOf(url.replace(/\/actor-runs.*/, "/v2/users/me")), 404);
  });

  it("are not for web pages, whose browser could be made to ask for them", async () => {
    const { url } = await startListeningRun();
    assert.equal(await refusalOf(url, { Origin: "https://example.com" }), 403);
    assert.equal(await refusalOf(url, { Host: "example.com" }), 403);
    await listenTo(url, { Origin: "http://localhost:3000" });
  });
});

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
