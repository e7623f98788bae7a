import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";
import { answerTo, bodyOf, openConnection } from "./support/rawConnection";
import type { IncomingMessage } from "node:http";

const head =
  "POST /v2/actor-tasks/~scrape/runs HTTP/1.1\r\nHost: localhost\r\n" +
  "Authorization: Bearer jane-token\r\nContent-Type: application/json\r\n";
const maxBytes = 9_437_184;
const piece = Buffer.alloc(2 ** 20, "x");

describe("a body that is too large", () => {
  closeEmulatorsAfterEach();

  const assertRefused = (answer: string): void => {
    assert.match(answer, /^HTTP\/1\.1 413 /);
    assert.match(answer, /\r\nConnection: close\r\n/i);
    const { error } = bodyOf(answer) as { error: { type: string } };
    assert.equal(error.type, "request-too-large");
  };

  it("is refused by its announced length, before any of it was sent", async () => {
    const emulator = await startTestEmulator();
    const socket = await openConnection(emulator);
    socket.write(`${head}Content-Length: 10000000000\r\n\r\n`);
    const [answer] = (await once(socket.setEncoding("utf8"), "data")) as [string];
    assertRefused(answer);
    socket.destroy();
  });

  it("is refused as soon as it passes the limit, if it announces no length", async () => {
    const emulator = await startTestEmulator();
    const socket = await openConnection(emulator);
    socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n${(maxBytes + 1).toString(16)}\r\n`);
    socket.write(Buffer.alloc(maxBytes + 1));
    const [answer] = (await once(socket.setEncoding("utf8"), "data")) as [string];
    assertRefused(answer);
    socket.destroy();
  });

  it("does not hide the answer from a client that first sends all of it", async () => {
    const emulator = await startTestEmulator();
    const socket = await openConnection(emulator);
    const pieces = 40;
    socket.write(`${head}Content-Length: ${pieces * piece.length}\r\n\r\n`);
    for (let n = 0; n < pieces; n += 1) {
      if (!socket.write(piece)) await once(socket, "drain");
    }
    assertRefused(await text(socket));
  });

  it("reaches Node's client as an answer, not as a broken connection", async () => {
    const emulator = await startTestEmulator();
    const sent = request(`${emulator.url}/v2/actor-tasks/~scrape/runs`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Content-Length": 30 * piece.length },
    });
    // The connection may well end while the client is sending, after its answer.
    const answered = once(sent, "response") as Promise<[IncomingMessage]>;
    for (let n = 0; n < 30; n += 1) sent.write(piece);
    const [response] = await answered;
    assert.equal(response.statusCode, 413);
    assert.match(await text(response), /request-too-large/);
    sent.once("error", () => undefined).destroy();
  });

  it("is not read for ever", async () => {
    const emulator = await startTestEmulator();
    const socket = await openConnection(emulator);
    socket.resume().write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
    const ends = [Buffer.from(`${piece.length.toString(16)}\r\n`), Buffer.from("\r\n")] as const;
    const sendForEver = async (): Promise<never> => {
      for (;;) {
        if (!socket.write(Buffer.concat([ends[0], piece, ends[1]]))) await once(socket, "drain");
      }
    };
    await assert.rejects(sendForEver(), { code: /^(EPIPE|ECONNRESET)$/ });
    assert.ok(socket.bytesWritten < 150 * 2 ** 20, String(socket.bytesWritten));
  });

  it("is not asked for, if the client waits for that", async () => {
    const emulator = await startTestEmulator();
    const expecting = `${head}Expect: 100-continue\r\n`;
    const large = await answerTo(emulator, `${expecting}Content-Length: 9437185\r\n\r\n`);
    assertRefused(large);
    const fits = await openConnection(emulator);
    fits.write(`${expecting}Content-Length: 2\r\nConnection: close\r\n\r\n`);
    const [first] = (await once(fits.setEncoding("utf8"), "data")) as [string];
    assert.equal(first, "HTTP/1.1 100 Continue\r\n\r\n");
    fits.write("{}");
    assert.match(await text(fits), /^HTTP\/1\.1 201 /);
  });
});
