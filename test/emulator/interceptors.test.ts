import assert from "node:assert/strict";
import { assertError, closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";
import type { InterceptorResult } from "../../emulator";

describe("an interceptor", () => {
  closeEmulatorsAfterEach();

  it("gets a request with its body before the emulator handles it", async () => {
    const emulator = await startTestEmulator();
    const seen: unknown[] = [];
    const remove = emulator.use(({ method, body }) => {
      seen.push([method, body, emulator.runs().length]);
      return "pass";
    });
    await emulator.startRun("", { url: "u" });
    remove();
    await emulator.startRun();
    assert.deepEqual(seen, [["POST", { url: "u" }, 0]]);
  });

  it("can answer instead of the emulator", async () => {
    const emulator = await startTestEmulator();
    emulator.use((_request, { response }) => {
      response.writeHead(503, { "Content-Type": "text/html" }).end("<h1>sorry</h1>");
      return "handled";
    });
    const reply = await emulator.call("GET /v2/users/me");
    assert.deepEqual([reply.status, reply.text], [503, "<h1>sorry</h1>"]);
    assert.equal(emulator.requests[0]?.status, 503);
  });

  it("can close the connection before or after the run was started", async () => {
    const emulator = await startTestEmulator();
    const removeFirst = emulator.use((_request, { socket }) => {
      socket.destroy();
      return "handled";
    });
    await assert.rejects(emulator.startRun());
    assert.deepEqual(emulator.runs(), []);
    removeFirst();
    emulator.use(async (_request, { socket, serve }): Promise<InterceptorResult> => {
      const answer = await serve();
      assert.equal(answer.status, 201);
      socket.resetAndDestroy();
      return "handled";
    });
    await assert.rejects(emulator.startRun());
    assert.equal(emulator.runs().length, 1);
    assert.deepEqual(
      emulator.requests.map(({ status }) => status),
      [undefined, undefined],
    );
  });

  it("that throws makes the emulator answer 500 with its message", async () => {
    const emulator = await startTestEmulator();
    emulator.use(() => {
      throw new Error("wrong test");
    });
    const reply = await emulator.call("GET /v2/users/me");
    assertError(reply, 500, "internal-server-error");
    assert.match(reply.error.message, /wrong test/);
    assert.doesNotMatch(reply.text, /interceptors\.test/);
  });
});
