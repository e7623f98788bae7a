import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const main = resolve(__dirname, "../../emulator/main.ts");

describe("the command line of the emulator", () => {
  let folder: string;
  const children: ChildProcess[] = [];

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "emulator-"));
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const start = (...args: string[]): ChildProcess => {
    const child = spawn(
      process.execPath,
      ["-r", "ts-node/register/transpile-only", main, ...args],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    children.push(child);
    return child;
  };

  /** Reads until the output has what is looked for; fails when it ends without. */
  const outputWith = async (child: ChildProcess, wanted: RegExp): Promise<string> => {
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8");
    return new Promise((done, fail) => {
      const read = (chunk: string): void => {
        text += chunk;
        if (wanted.test(text)) done(text);
      };
      child.stdout?.on("data", read);
      child.stderr?.on("data", read);
      child.once("close", () => {
        fail(new Error(`Ended without ${String(wanted)}:\n${text}`));
      });
    });
  };

  it("says how to use it, and ends cleanly with the Actors it runs", async () => {
    const file = join(folder, "actors.json");
    // It ends by itself, so that a test that fails leaves nothing behind for long.
    const command = ["node", "-e", "console.log(process.pid); setTimeout(() => {}, 30_000)"];
    writeFileSync(
      file,
      JSON.stringify({
        users: [{ username: "local", token: "emulator-token" }],
        actors: [{ username: "local", name: "sleeper", command }],
        tasks: [{ username: "local", name: "sleep", actor: "local~sleeper" }],
      }),
    );
    const child = start("--port", "0", "--actors", file);
    const text = await outputWith(child, /Ctrl\+C/);
    const url = /APIFY_API_BASE_URL=(\S+)/.exec(text)?.[1] ?? "";
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.match(text, /export APIFY_TOKEN=emulator-token/);
    assert.match(text, /local~sleep /);

    const headers = { Authorization: "Bearer emulator-token" };
    const task = `${url}/v2/actor-tasks/~sleep/runs`;
    const started = await fetch(task, { method: "POST", headers });
    const { data } = (await started.json()) as { data: { id: string } };
    let pid: string | undefined;
    while (pid === undefined) {
      const log = await (await fetch(`${url}/v2/logs/${data.id}`)).text();
      pid = /Z (\d+)$/m.exec(log)?.[1];
    }
    child.kill("SIGTERM");
    const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
    assert.deepEqual([code, signal], [0, null]);
    assert.throws(() => process.kill(Number(pid), 0), { code: "ESRCH" });
  });

  it("ends with an error that names the fault", async () => {
    const missing = start("--actors", join(folder, "none.json"));
    const port = start("--port", "many", "--actors", join(folder, "actors.json"));
    const exited = once(port, "exit");
    await Promise.all([
      outputWith(missing, /ENOENT.*none\.json/),
      outputWith(port, /--port must be/),
      exited,
    ]);
    assert.equal(port.exitCode, 1);
  });
});
