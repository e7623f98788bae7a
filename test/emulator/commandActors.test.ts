import assert from "node:assert/strict";
import { realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { realClock } from "../../emulator";
import { closeEmulatorsAfterEach, startTestEmulator, withActor } from "./support/emulator";

const isOver = ({ finishedAt }: { finishedAt: string | null }): boolean => finishedAt !== null;

describe("an Actor that is a command", () => {
  closeEmulatorsAfterEach();

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

  it("has Apify's environment variables, and no secret of ours", async () => {
    process.env.SECRET_OF_THE_HOST = "s3cret";
    const emulator = await startTestEmulator({
      declaration: withActor(
        node("console.log(JSON.stringify({ ...process.env, cwd: process.cwd() }))"),
      ),
      clock: realClock,
    });
    const query = "?timeout=60&memory=256&maxItems=5&maxTotalChargeUsd=0.25";
    const { id } = await emulator.startRun(query);
    const run = await emulator.whenRun(isOver);
    delete process.env.SECRET_OF_THE_HOST;
    const { text } = await emulator.call(`GET /v2/logs/${id}`);
    const env = JSON.parse(/\{.*\}/.exec(text)?.[0] ?? "{}") as Record<string, string>;
    const expected: Record<string, unknown> = {
      PATH: process.env.PATH,
      APIFY_API_BASE_URL: emulator.url,
      APIFY_IS_AT_HOME: "1",
      APIFY_ACTOR_RUN_ID: id,
      ACTOR_RUN_ID: id,
      ACTOR_ID: run.actId,
      ACTOR_TASK_ID: run.actorTaskId,
      APIFY_ACTOR_TASK_ID: run.actorTaskId,
      APIFY_USER_ID: run.userId,
      ACTOR_DEFAULT_DATASET_ID: run.defaultDatasetId,
      APIFY_DEFAULT_DATASET_ID: run.defaultDatasetId,
      ACTOR_DEFAULT_KEY_VALUE_STORE_ID: run.defaultKeyValueStoreId,
      APIFY_DEFAULT_KEY_VALUE_STORE_ID: run.defaultKeyValueStoreId,
      ACTOR_DEFAULT_REQUEST_QUEUE_ID: run.defaultRequestQueueId,
      APIFY_DEFAULT_REQUEST_QUEUE_ID: run.defaultRequestQueueId,
      ACTOR_INPUT_KEY: "INPUT",
      ACTOR_MEMORY_MBYTES: "256",
      APIFY_MEMORY_MBYTES: "256",
      ACTOR_BUILD_ID: run.buildId,
      ACTOR_BUILD_NUMBER: "0.1.1",
      ACTOR_MAX_PAID_DATASET_ITEMS: "5",
      ACTOR_MAX_TOTAL_CHARGE_USD: "0.25",
      cwd: realpathSync(tmpdir()),
    };
    for (const [name, value] of Object.entries(expected)) assert.equal(env[name], value, name);
    const budget = Date.parse(env.ACTOR_TIMEOUT_AT ?? "") - Date.parse(env.ACTOR_STARTED_AT ?? "");
    assert.equal(budget, 60_000);
    assert.equal(env.SECRET_OF_THE_HOST, undefined);
    assert.notEqual(env.APIFY_TOKEN, "jane-token");
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
