import assert from "node:assert/strict";
import {
  assertError,
  closeEmulatorsAfterEach,
  declaration,
  startTestEmulator,
} from "./support/emulator";
import type { InterceptorResult, Run } from "../../emulator";

describe("what a test sees of the requests", () => {
  closeEmulatorsAfterEach();

  it("is every request, in order, with its status and body but no token", async () => {
    const emulator = await startTestEmulator();
    await emulator.startRun("?memory=256", { url: "u" });
    await emulator.call("GET /v2/users/me?token=john-token", { token: null });
    await emulator.call("GET /v2/users/me", { token: null });
    const [start, byQuery, anonymous] = emulator.requests;
    assert.deepEqual(
      emulator.requests.map(({ method, path, pathname, status, authorized }) => [
        method,
        path,
        pathname,
        status,
        authorized,
      ]),
      [
        [
          "POST",
          "/v2/actor-tasks/~scrape/runs?memory=256",
          "/v2/actor-tasks/~scrape/runs",
          201,
          true,
        ],
        ["GET", "/v2/users/me?token=%E2%80%A6", "/v2/users/me", 200, true],
        ["GET", "/v2/users/me", "/v2/users/me", 401, false],
      ],
    );
    assert.deepEqual(start?.body, { url: "u" });
    assert.equal(start.headers.authorization, "Bearer …");
    assert.equal(start.headers["content-type"], "application/json");
    assert.equal(start.at, Date.UTC(2026, 0, 1));
    assert.equal("body" in (byQuery ?? {}), false);
    assert.equal("authorization" in (anonymous?.headers ?? {}), false);
  });

  it("can be narrowed to the writes, and forgotten", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    await emulator.call(`GET /v2/actor-runs/${id}`);
    await emulator.call(`POST /v2/actor-runs/${id}/abort`);
    assert.deepEqual(
      emulator.writes().map(({ pathname }) => pathname),
      ["/v2/actor-tasks/~scrape/runs", `/v2/actor-runs/${id}/abort`],
    );
    emulator.clearRequests();
    assert.deepEqual([emulator.requests, emulator.writes()], [[], []]);
  });
});

describe("what a test can do to runs", () => {
  closeEmulatorsAfterEach();

  it("is to look at copies of them, oldest first", async () => {
    const emulator = await startTestEmulator();
    const [first, second] = [await emulator.startRun(), await emulator.startRun()];
    assert.deepEqual(emulator.runs(), [first, second]);
    emulator.finish(first.id);
    assert.deepEqual(emulator.liveRuns(), [second]);
    const copy = emulator.run(second.id);
    if (copy !== undefined) copy.options.memoryMbytes = 1;
    assert.deepEqual(emulator.run(second.id), second);
    assert.equal(emulator.run("none"), undefined);
  });

  it("is to finish them in any way", async () => {
    const emulator = await startTestEmulator();
    const finished = async (
      options?: Parameters<typeof emulator.finish>[1],
    ): Promise<unknown[]> => {
      const { id } = await emulator.startRun();
      emulator.finish(id, options);
      emulator.clock.advance(0);
      const run = emulator.run(id);
      return [run?.status, run?.exitCode, run?.statusMessage];
    };
    assert.deepEqual(await finished(), ["SUCCEEDED", 0, "Actor has finished"]);
    assert.deepEqual(await finished({ exitCode: 3 }), [
      "FAILED",
      3,
      "Actor process exited with code 3",
    ]);
    assert.deepEqual(await finished({ status: "FAILED" }), [
      "FAILED",
      1,
      "Actor process exited with code 1",
    ]);
    assert.deepEqual(await finished({ status: "ABORTED", statusMessage: "by hand" }), [
      "ABORTED",
      0,
      "by hand",
    ]);
    assert.deepEqual(await finished({ status: "PAUSED" }), ["PAUSED", null, null]);
    assert.throws(() => {
      emulator.finish("none");
    }, /no run "none"/);
  });

  it("is to set any field, and the status stays as it was set", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    emulator.setStatus(id, { status: "QUEUED", statusMessage: "hm", usage: undefined, extra: 1 });
    emulator.clock.advance(0);
    const { data } = await emulator.call(`GET /v2/actor-runs/${id}`);
    assert.deepEqual([data.status, data.statusMessage, data.extra], ["QUEUED", "hm", 1]);
    assert.equal("usage" in data, false);
    emulator.setStatus(id, { status: "SUCCEEDED", buildNumber: null });
    emulator.clock.advance(300_000);
    assert.equal(emulator.run(id)?.status, "SUCCEEDED");
    assert.equal(emulator.run(id)?.buildNumber, null);
  });

  it("is to let them expire, with their storages", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun();
    emulator.finish(run.id);
    emulator.expireRun(run.id);
    for (const path of [
      `actor-runs/${run.id}`,
      `logs/${run.id}`,
      `datasets/${run.defaultDatasetId}`,
      `key-value-stores/${run.defaultKeyValueStoreId}`,
      `request-queues/${run.defaultRequestQueueId}`,
    ]) {
      assertError(await emulator.call(`GET /v2/${path}`), 404, "record-not-found");
    }
    assert.deepEqual(emulator.runs(), []);
  });

  it("is to wait for one, be it there already or still to come", async () => {
    const emulator = await startTestEmulator();
    const awaited = emulator.whenRun(({ status }) => status === "RUNNING");
    const { id } = await emulator.startRun();
    assert.equal((await emulator.whenRun(({ status }) => status === "READY")).id, id);
    emulator.clock.advance(0);
    assert.deepEqual(await awaited, emulator.run(id));
    const broken = emulator.whenRun(({ finishedAt }) => {
      if (finishedAt !== null) throw new Error("not so");
      return false;
    });
    emulator.finish(id);
    await assert.rejects(broken, /not so/);
  });

  it("names the Actor, task or user that is not there", async () => {
    const emulator = await startTestEmulator();
    assert.throws(() => emulator.addBuild("a~b", { number: "0.0.1" }), /no Actor "a~b"/);
    assert.throws(() => {
      emulator.editTask("a~b", {});
    }, /no task "a~b"/);
    assert.throws(() => {
      emulator.setLimits("nobody", {});
    }, /no user "nobody"/);
  });
});

describe("an account's token", () => {
  closeEmulatorsAfterEach();

  it("is refused once the account has another one", async () => {
    const emulator = await startTestEmulator();
    emulator.setToken("janedoe", "new-token");
    const statusFor = async (token: string): Promise<number> =>
      (await emulator.call("GET /v2/users/me", { token })).status;
    assert.deepEqual([await statusFor("jane-token"), await statusFor("new-token")], [401, 200]);
  });
});

describe("an interceptor", () => {
  closeEmulatorsAfterEach();

  it("sees a request with its body before the emulator acts on it", async () => {
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

  it("can answer in the emulator's place", async () => {
    const emulator = await startTestEmulator();
    emulator.use((_request, { response }) => {
      response.writeHead(503, { "Content-Type": "text/html" }).end("<h1>sorry</h1>");
      return "handled";
    });
    const reply = await emulator.call("GET /v2/users/me");
    assert.deepEqual([reply.status, reply.text], [503, "<h1>sorry</h1>"]);
    assert.equal(emulator.requests[0]?.status, 503);
  });

  it("can cut the connection before or after the run was started", async () => {
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

  it("that fails is answered with 500, so that its fault can be seen", async () => {
    const emulator = await startTestEmulator();
    emulator.use(() => {
      throw new Error("wrong test");
    });
    const reply = await emulator.call("GET /v2/users/me");
    assertError(reply, 500, "internal-server-error");
    assert.match(reply.error.message, /wrong test/);
    assert.doesNotMatch(reply.text, /controls\.test/);
  });
});

describe("closing the emulator", () => {
  closeEmulatorsAfterEach();

  it("cuts the answers that are held, and can be done twice", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    const held = emulator.timerSet(60_000);
    const reply = emulator.call<Run>(`GET /v2/actor-runs/${id}?waitForFinish=60`);
    const cut = assert.rejects(reply);
    await held;
    await emulator.close();
    await cut;
    await emulator.close();
    assert.equal(emulator.clock.pendingTimers(), 0);
  });

  it("frees its port", async () => {
    const first = await startTestEmulator();
    const port = Number(new URL(first.url).port);
    await first.close();
    const second = await startTestEmulator({ declaration, port });
    assert.equal(second.url, first.url);
  });
});
