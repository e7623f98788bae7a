import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
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
      ["price-scraper", "README's quickstart"],
      ["slow-crawl", "takes a minute"],
      ["broken-login", "fails"],
    ] as const) {
      assert.match(text, new RegExp(`^ {2}janedoe~${task}: ${what}`, "m"));
    }
  });

  it("ends with an error that names the problem", async () => {
    const missing = start("--actors", join(folder, "none.json"));
    const port = start("--port", "many", "--actors", join(folder, "actors.json"));
    const state = start("--state", "", "--port", "0");
    const exited = once(port, "exit");
    await Promise.all([
      outputWith(missing, /ENOENT.*none\.json/),
      outputWith(port, /--port must be/),
      outputWith(state, /--state must name a folder/),
      exited,
    ]);
    assert.equal(port.exitCode, 1);
  });
});
