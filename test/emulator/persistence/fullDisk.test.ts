import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  assertError,
  closeEmulatorsAfterEach,
  runningRun,
  startTestEmulator,
  withActor,
} from "../support/emulator";
import { visit } from "../pages/support/visit";
import { fillDisk } from "./support/fullDisk";
import { stateFolders } from "./support/stateFolders";
import type { ActorContext, Run } from "../../../emulator";
import type { FullDisk } from "./support/fullDisk";

const main = resolve(__dirname, "../../../emulator/main.ts");

describe("an emulator whose disk is full", () => {
  closeEmulatorsAfterEach();
  const { newFolder, afterKill } = stateFolders();
  let disk: FullDisk | undefined;
  afterEach(() => {
    disk?.free();
  });

  it("answers with a 500 that says what to do, and shows nothing that a kill would undo", async () => {
    const folder = newFolder();
    const first = await startTestEmulator({ stateFolder: folder });
    const { id } = await first.startRun();
    disk = fillDisk();
    const write = await first.call(`PUT /v2/actor-runs/${id}`, { json: { statusMessage: "new" } });
    assertError(write, 500, "internal-server-error");
    assert.match(write.error.message, new RegExp(`cannot write to ${folder}: ENOSPC.* Make room`));
    assertError(await first.call(`GET /v2/actor-runs/${id}`), 500, "internal-server-error");
    const page = await visit(first, `GET /`);
    assert.equal(page.status, 500);
    assert.match(page.body, /Make room/);
    disk.free();
    const next = await afterKill(folder);
    assert.equal(next.run(id)?.statusMessage, null);
  });

  it("goes on once there is room, and has lost nothing but log lines", async () => {
    const folder = newFolder();
    const contexts: ActorContext[] = [];
    const run = (context: ActorContext): Promise<void> => {
      contexts.push(context);
      return new Promise(() => undefined);
    };
    const declared = withActor({ run });
    const first = await startTestEmulator({ stateFolder: folder, declaration: declared });
    const { id, defaultDatasetId } = await runningRun(first, "?timeout=60");
    await Promise.resolve();
    const [context] = contexts;
    disk = fillDisk();
    context?.pushData([{ page: 1 }]);
    for (let line = 0; line < 100; line += 1) context?.log(`line ${line}`);
    context?.pushData([{ page: 2 }]);
    first.clock.advance(60_000);
    disk.free();
    const { status, data } = await first.call<Run>(`GET /v2/actor-runs/${id}`);
    assert.deepEqual([status, data.status], [200, "TIMED-OUT"]);
    const next = await afterKill(folder, { declaration: declared });
    assert.deepEqual(next.run(id)?.finishedAt, data.finishedAt);
    assert.deepEqual(next.dataset(defaultDatasetId), [{ page: 1 }, { page: 2 }]);
    const [before, after] = await Promise.all(
      [first, next].map((emulator) => emulator.call(`GET /v2/logs/${id}`)),
    );
    assert.equal(after?.text, before?.text);
    assert.doesNotMatch(before?.text ?? "", /line 1$/m);
  });

  it("does not try to write each line of a program that prints a megabyte of them", async () => {
    const source = "process.stdout.write('x\\n'.repeat(2 ** 19))";
    const first = await startTestEmulator({
      stateFolder: newFolder(),
      declaration: withActor({ command: ["node", "-e", source] }),
    });
    const ended = first.whenRun(({ finishedAt }) => finishedAt !== null);
    const { id } = await runningRun(first);
    disk = fillDisk();
    await ended;
    assertError(await first.call(`GET /v2/actor-runs/${id}`), 500, "internal-server-error");
    assert.ok(disk.attempts() < 2000, `${disk.attempts()} attempts`);
  });

  it("refuses to start with its data, says what to do, and leaves the data as it is", async () => {
    const folder = newFolder();
    const first = await startTestEmulator({ stateFolder: folder });
    const { id } = await first.startRun();
    await first.close();
    disk = fillDisk();
    await assert.rejects(
      startTestEmulator({ stateFolder: folder }),
      /cannot write to .* Make room/,
    );
    assert.equal(existsSync(join(folder, "journal.jsonl.new")), false);
    disk.free();
    const next = await startTestEmulator({ stateFolder: folder });
    assert.equal(next.run(id)?.id, id);
  });

  it("goes on also where the system limits the size of files, while a program fills its log", async function () {
    // Windows has no `ulimit`.
    if (process.platform === "win32") this.skip();
    const folder = newFolder();
    mkdirSync(folder, { recursive: true });
    const declaration = join(folder, "actors.json");
    const source = "console.log('x\\n'.repeat(100_000)); setInterval(() => undefined, 1000);";
    writeFileSync(
      declaration,
      JSON.stringify({
        users: [{ username: "local", token: "emulator-token" }],
        actors: [{ username: "local", name: "writer", command: ["node", "-e", source] }],
        tasks: [{ username: "local", name: "write", actor: "local~writer" }],
      }),
    );
    const args = ["-r", "tsx/cjs", main, "emulator", "--port", "0", "--actors", declaration];
    const command = 'ulimit -f 2000; exec "$0" "$@"';
    const emulator = spawn(
      "/bin/sh",
      ["-c", command, process.execPath, ...args, "--state", join(folder, "state")],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    try {
      let text = "";
      for await (const chunk of emulator.stdout.setEncoding("utf8")) {
        text += String(chunk);
        if (text.includes("Ctrl+C")) break;
      }
      const url = /APIFY_API_BASE_URL=(\S+)/.exec(text)?.[1] ?? "";
      const request = (path: string, method = "GET"): Promise<Response> =>
        fetch(url + path, { method, headers: { Authorization: "Bearer emulator-token" } });
      assert.equal((await request("/v2/actor-tasks/~write/runs", "POST")).status, 201);
      let answer = await request("/v2/actor-runs");
      for (let left = 5000; answer.status === 200 && left > 0; left -= 1) {
        answer = await request("/v2/actor-runs");
      }
      assert.equal(answer.status, 500);
      assert.match(await answer.text(), /cannot write to .*state: EFBIG/);
      assert.equal((await request("/v2/actor-runs")).status, 500);
      assert.equal(emulator.exitCode, null);
    } finally {
      emulator.kill("SIGKILL");
    }
  });
});
