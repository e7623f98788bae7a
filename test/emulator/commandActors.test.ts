import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { realClock } from "../../emulator";
import { checkResponsesOfSuite } from "./support/checkResponses";
import { closeEmulatorsAfterEach, startTestEmulator, withActor } from "./support/emulator";
import type { AddressInfo, Socket } from "node:net";

const isOver = ({ finishedAt }: { finishedAt: string | null }): boolean => finishedAt !== null;

describe("an Actor that is a command", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();

  const node = (source: string): { command: [string, ...string[]]; cwd: string } => ({
    command: ["node", "-e", source],
    cwd: tmpdir(),
  });

  it("writes its output to the log and succeeds with exit code 0", async () => {
    const emulator = await startTestEmulator({
      declaration: withActor(node("console.log('out'); console.error('err')")),
      clock: realClock,
    });
    const { id } = await emulator.startRun();
    const run = await emulator.whenRun(isOver);
    assert.deepEqual([run.status, run.exitCode], ["SUCCEEDED", 0]);
    const { text } = await emulator.call(`GET /v2/actor-runs/${id}/log`);
    assert.match(text, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z out$/m);
    assert.match(text, /Z err$/m);
  });

  it("fails with its own exit code", async () => {
    const emulator = await startTestEmulator({
      declaration: withActor(node("process.exit(3)")),
      clock: realClock,
    });
    await emulator.startRun();
    const run = await emulator.whenRun(isOver);
    assert.deepEqual([run.status, run.exitCode], ["FAILED", 3]);
    assert.equal(run.statusMessage, "Actor process exited with code 3");
  });

  for (const what of ["a file", "missing"] as const) {
    it(`fails if its working directory is ${what}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), "emulator-"));
      const emulator = await startTestEmulator({
        declaration: withActor({ command: ["node", "-e", ""], cwd: folder }),
        clock: realClock,
      });
      rmdirSync(folder);
      if (what === "a file") writeFileSync(folder, "");
      await emulator.startRun();
      const run = await emulator.whenRun(isOver);
      rmSync(folder, { force: true });
      assert.deepEqual([run.status, run.exitCode], ["FAILED", 127]);
      const problem = what === "a file" ? "ENOTDIR" : `its working directory ${folder} does not`;
      assert.match(run.statusMessage ?? "", new RegExp(`could not be started: .*${problem}`));
    });
  }

  it("fails if it cannot be started", async () => {
    const emulator = await startTestEmulator({
      declaration: withActor({ command: ["/no/such/program"] }),
      clock: realClock,
    });
    await emulator.startRun();
    const run = await emulator.whenRun(isOver);
    assert.deepEqual([run.status, run.exitCode], ["FAILED", 127]);
    assert.match(run.statusMessage ?? "", /could not be started: .*ENOENT/);
  });

  it("runs the command of its build, if the build has one", async () => {
    const builds = [{ number: "0.1.1", tags: ["latest"], ...node("process.exit(9)") }];
    const emulator = await startTestEmulator({
      declaration: withActor({
        ...node(""),
        builds: builds.map(({ number, tags, command }) => ({ number, tags, command })),
      }),
      clock: realClock,
    });
    await emulator.startRun();
    assert.equal((await emulator.whenRun(isOver)).exitCode, 9);
  });

  it("can use the API with its own token, and does not count as a client", async () => {
    const source = `
      const { APIFY_API_BASE_URL: base, APIFY_TOKEN: token, ACTOR_RUN_ID: run,
        ACTOR_DEFAULT_DATASET_ID: dataset, ACTOR_DEFAULT_KEY_VALUE_STORE_ID: store } = process.env;
      const headers = { authorization: "Bearer " + token, "content-type": "application/json" };
      const send = (method, path, body) =>
        fetch(base + "/v2" + path, { method, headers, body: JSON.stringify(body) });
      (async () => {
        const input = await (await send("GET", "/key-value-stores/" + store + "/records/INPUT")).json();
        await send("POST", "/datasets/" + dataset + "/items", [{ got: input.url }]);
        await send("PUT", "/actor-runs/" + run, { statusMessage: "pushed" });
        const me = await (await send("GET", "/users/me")).json();
        const { id, username, plan, email, profile } = me.data;
        const seen = { id, username, plan, email, profile };
        await send("PUT", "/key-value-stores/" + store + "/records/OUTPUT", seen);
      })();`;
    const emulator = await startTestEmulator({
      declaration: withActor(node(source)),
      clock: realClock,
    });
    const { id } = await emulator.startRun("", { url: "u" });
    const run = await emulator.whenRun(isOver);
    assert.deepEqual([run.status, run.statusMessage], ["SUCCEEDED", "pushed"]);
    assert.deepEqual(emulator.dataset(run.defaultDatasetId), [{ got: "u" }]);
    assert.deepEqual(emulator.record(run.defaultKeyValueStoreId, "OUTPUT"), {
      id: run.userId,
      username: "janedoe",
    });
    assert.deepEqual(
      emulator.writes().map(({ method }) => method),
      ["POST"],
    );
    const fromActor = emulator.requests.filter(({ actorRunId }) => actorRunId === id);
    assert.equal(fromActor.length, 5);
  });

  it("gets SIGTERM for a graceful abort", async () => {
    const source =
      "process.on('SIGTERM', () => { console.log('bye'); process.exit(4) });" +
      "setTimeout(() => {}, 30_000); fetch(process.env.APIFY_API_BASE_URL + '/v2/actor-runs/' +" +
      "process.env.ACTOR_RUN_ID, { method: 'PUT', body: JSON.stringify({ statusMessage: 'up' })," +
      "headers: { 'content-type': 'application/json', authorization: 'Bearer ' + process.env.APIFY_TOKEN } })";
    const emulator = await startTestEmulator({
      declaration: withActor(node(source)),
      clock: realClock,
    });
    const { id } = await emulator.startRun();
    await emulator.whenRun(({ statusMessage }) => statusMessage === "up");
    await emulator.call(`POST /v2/actor-runs/${id}/abort?gracefully=true`);
    const run = await emulator.whenRun(isOver);
    assert.deepEqual([run.status, run.exitCode], ["ABORTED", 4]);
    assert.match((await emulator.call(`GET /v2/logs/${id}`)).text, /bye/);
  });

  it("is killed with its child processes when the emulator closes", async () => {
    const source =
      "const child = require('node:child_process').spawn(process.execPath, ['-e'," +
      "'setTimeout(() => {}, 30_000)'], { stdio: 'inherit' });" +
      "fetch(process.env.APIFY_API_BASE_URL + '/v2/actor-runs/' + process.env.ACTOR_RUN_ID, {" +
      "method: 'PUT', body: JSON.stringify({ statusMessage: process.pid + ' ' + child.pid })," +
      "headers: { 'content-type': 'application/json', authorization: 'Bearer ' + process.env.APIFY_TOKEN } })" +
      // The emulator may close before it answers, and a failed request must not end the Actor.
      ".catch(() => {})";
    const emulator = await startTestEmulator({
      declaration: withActor(node(source)),
      clock: realClock,
    });
    await emulator.startRun();
    const { statusMessage } = await emulator.whenRun((run) => run.statusMessage !== null);
    await emulator.close();
    // The grandchild holds the output pipe open, and the emulator waits until the pipe is closed. Its
    // pid proves nothing: without a process that reaps orphans, it exists even after its death.
    const [pid = "0"] = (statusMessage ?? "").split(" ");
    assert.throws(() => process.kill(Number(pid), 0), { code: "ESRCH" });
  });

  if (process.platform === "linux") {
    it("is killed with child processes that have left its session and its environment", async () => {
      const sockets: Socket[] = [];
      const server = createServer((socket) => {
        sockets.push(socket.resume());
        socket.on("error", () => undefined);
        if (sockets.length === 3) server.emit("all");
      });
      await once(server.listen(0, "127.0.0.1"), "listening");
      const { port } = server.address() as AddressInfo;
      // Each ends by itself, so that a failed test leaves no processes behind for long.
      const live = `require("node:net").connect(${port}, "127.0.0.1"); setTimeout(() => process.exit(), 30_000);`;
      const child = (source: string): string =>
        `${live} require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(source)}], ` +
        `{ detached: true, env: {}, stdio: "ignore" });`;
      const emulator = await startTestEmulator({
        declaration: withActor(node(child(child(live)))),
        clock: realClock,
      });
      const all = once(server, "all");
      const { id } = await emulator.startRun();
      await all;
      const closed = sockets.map(
        (socket) => new Promise((resolve) => socket.once("close", resolve)),
      );
      await emulator.call(`POST /v2/actor-runs/${id}/abort`);
      await Promise.all(closed);
      server.close();
    });
  }

  it("logs the beginning of an endless line, and the lines after it", async () => {
    const source =
      "const piece = 'x'.repeat(1_000_000);" +
      "for (let n = 0; n < 9; n += 1) process.stdout.write(piece);" +
      "process.stdout.write('\\r\\nnext\\nlast')";
    const emulator = await startTestEmulator({
      declaration: withActor(node(source)),
      clock: realClock,
    });
    const { id } = await emulator.startRun();
    await emulator.whenRun(isOver);
    const { text } = await emulator.call(`GET /v2/logs/${id}`);
    const [, long = "", next, last] = text.split("\n");
    assert.match(long, /Z x+… \(4805697 more characters\)$/);
    assert.match(next ?? "", /Z next$/);
    assert.match(last ?? "", /Z last$/);
  });
});
