import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startEmulator } from "../../emulator";
import { declaration } from "./support/emulator";
import type { ChildProcess } from "node:child_process";
import type { AddressInfo, Socket } from "node:net";

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
    const child = spawn(process.execPath, ["-r", "tsx/cjs", main, "emulator", ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    children.push(child);
    return child;
  };

  /** Declares one task, `~sleep`, of an Actor with this command. */
  const declarationFile = (command: readonly string[]): string => {
    const file = join(folder, "actors.json");
    const declaration = {
      users: [{ username: "local", token: "emulator-token" }],
      actors: [{ username: "local", name: "sleeper", command }],
      tasks: [{ username: "local", name: "sleep", actor: "local~sleeper" }],
    };
    writeFileSync(file, JSON.stringify(declaration));
    return file;
  };

  /** Reads until the output matches; rejects if it ends without a match. */
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

  it("prints how to use it", async () => {
    const child = start("--port", "0", "--actors", declarationFile(["node", "-e", ""]));
    const text = await outputWith(child, /Ctrl\+C/);
    assert.match(text, /APIFY_API_BASE_URL=http:\/\/127\.0\.0\.1:\d+$/m);
    assert.match(text, /export APIFY_TOKEN=emulator-token/);
    assert.match(text, /^ {2}local~sleep: Actor local~sleeper$/m);
  });

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"] as const) {
    const others = process.platform === "linux" ? 3 : 1;
    it(`ends on ${signal} with its Actors and their detached child processes`, async () => {
      const sockets: Socket[] = [];
      const closed: Promise<unknown>[] = [];
      const server = createServer((socket) => {
        sockets.push(socket);
        // A process that is killed may reset its connection.
        socket.on("error", () => undefined);
        closed.push(new Promise((resolve) => socket.once("close", resolve)));
        if (sockets.length === 3) server.emit("all");
      });
      await once(server.listen(0, "127.0.0.1"), "listening");
      const { port } = server.address() as AddressInfo;
      // Both end by themselves, so that a failed test leaves no processes behind for long.
      const live = `require("node:net").connect(${port}, "127.0.0.1"); setTimeout(() => process.exit(), 30_000);`;
      const child = (options: string): string =>
        `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(live)}], ${options});`;
      const source = `${live} ${child("{ detached: true }")} ${child("{ detached: true, env: {} }")}`;
      const emulator = start("--port", "0", "--actors", declarationFile(["node", "-e", source]));
      const text = await outputWith(emulator, /Ctrl\+C/);
      const url = /APIFY_API_BASE_URL=(\S+)/.exec(text)?.[1] ?? "";
      const connected = once(server, "all");
      await fetch(`${url}/v2/actor-tasks/~sleep/runs`, {
        method: "POST",
        headers: { Authorization: "Bearer emulator-token" },
      });
      await connected;

      const exited = once(emulator, "exit") as Promise<[number | null, string | null]>;
      emulator.kill(signal);
      assert.deepEqual(await exited, signal === "SIGKILL" ? [null, "SIGKILL"] : [0, null]);
      await Promise.all(closed.slice(0, others));
      for (const socket of sockets) socket.destroy();
      server.close();
    });
  }

  it("describes the tasks of the examples", async () => {
    const text = await outputWith(start("--port", "0"), /Ctrl\+C ends it/);
    for (const [task, what] of [
      ["price-scraper", "prices of shops"],
      ["slow-crawl", "takes a minute"],
      ["broken-login", "fails"],
    ] as const) {
      assert.match(text, new RegExp(`^ {2}janedoe~${task}: ${what}`, "m"));
    }
  });

  it("ends with an error that names the problem", async () => {
    const missing = start("--actors", join(folder, "none.json"));
    const port = start("--port", "many", "--actors", declarationFile(["node", "-e", ""]));
    const state = start("--state", "", "--port", "0");
    const misspelt = start("--sate", "x");
    const exited = once(port, "exit");
    const [, , , text] = await Promise.all([
      outputWith(missing, /none\.json cannot be read: there is no such file/),
      outputWith(port, /--port must be/),
      outputWith(state, /--state must name a folder/),
      outputWith(misspelt, /^Unknown option '--sate'\.\n\n.*\n\nUsage: [^]*--help/),
      exited,
    ]);
    assert.doesNotMatch(text, /positional/);
    assert.equal(port.exitCode, 1);
  });

  it("says who uses its port, and how to start it at another one, and creates no folder", async () => {
    const other = createHttpServer((_request, response) => response.end("hello"));
    await once(other.listen(0, "127.0.0.1"), "listening");
    const local = await startEmulator({ declaration });
    const state = join(folder, "state folder");
    const used = String((other.address() as AddressInfo).port);
    const [byOther, byLocal] = await Promise.all([
      outputWith(start("--port", used, "--state", state), /at a free port: .*\n/),
      outputWith(
        start(`--port=${new URL(local.url).port}`, "--state", "x"),
        /at a free port: .*\n/,
      ),
    ]);
    await local.close();
    other.close();
    assert.match(byOther, /is in use by another program/);
    const command = `npx pulumi-apify emulator --state "${state}" --port 0\n`;
    assert.ok(byOther.includes(command), byOther);
    assert.match(byLocal, /a local Apify runs there already.*\n.*emulator --state x --port 0\n/);
    assert.equal(existsSync(state), false);
  });

  it("ends with npx, which does not pass a signal on, and else not with its parent", async function () {
    // Windows has no signals between processes.
    if (process.platform === "win32") this.skip();
    const program = [process.execPath, "-r", "tsx/cjs", main, "emulator", "--port", "0"];
    const startedBy = (event: string): ChildProcess =>
      // A shell with two commands, because some replace themselves with the last one.
      spawn("/bin/sh", ["-c", '"$0" "$@"; exit', ...program], {
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
        env: { ...process.env, npm_lifecycle_event: event },
      });
    const [npx, script] = [startedBy("npx"), startedBy("test")];
    children.push(npx, script);
    const texts = [outputWith(npx, /Ctrl\+C ends it/), outputWith(script, /Ctrl\+C ends it/)];
    const [, text] = await Promise.all(texts);
    // Its output is closed when the last process that has it has ended.
    const closed = once(npx, "close");
    for (const shell of [npx, script]) shell.kill("SIGTERM");
    await closed;
    const url = /APIFY_API_BASE_URL=(\S+)/.exec(text ?? "")?.[1] ?? "";
    assert.equal((await fetch(url)).status, 200);
    process.kill(-Number(script.pid), "SIGKILL");
  });
});
