import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { isTerminal } from "../../emulator";
import { closeEmulatorsAfterEach, startTestEmulator, withActor } from "./support/emulator";
import type { AddressInfo, Server, Socket } from "node:net";

/** How long the output of a program is read after its end. */
const outputMillis = 2000;

describe("a process that an Actor leaves behind, and that the emulator cannot find", () => {
  closeEmulatorsAfterEach();

  let server: Server;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    server = createServer((socket) => {
      sockets.push(socket);
      socket.on("error", () => undefined);
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    server.close();
  });

  /**
   * A program that starts a process through another one, which ends. The process has a session and an
   * environment of its own, holds the output of the program open, and lives as long as its connection.
   */
  const leaves = (then: string): readonly [string, ...string[]] => {
    const { port } = server.address() as AddressInfo;
    const spawn = (source: string): string =>
      `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(source)}], ` +
      `{ detached: true, env: {}, stdio: "inherit" })`;
    const left = `require("node:net").connect(${port}, "127.0.0.1").once("close", () => process.exit()).resume();`;
    const between = `${spawn(left)}.once("spawn", () => process.exit())`;
    return [
      "node",
      "-e",
      `process.stdout.write("last"); ${spawn(between)}.once("exit", () => { ${then} })`,
    ];
  };

  it("does not keep the run going, by holding its output open", async () => {
    const emulator = await startTestEmulator({
      declaration: withActor({ command: leaves("process.exit(3)") }),
    });
    const { id } = await emulator.startRun();
    const exited = emulator.timerSet(outputMillis);
    const connected = once(server, "connection");
    emulator.clock.advance(0);
    await Promise.all([exited, connected]);
    assert.equal(emulator.run(id)?.status, "RUNNING");
    emulator.clock.advance(outputMillis);
    const run = await emulator.whenRun(({ status }) => isTerminal(status));
    assert.deepEqual([run.status, run.exitCode], ["FAILED", 3]);
    assert.match((await emulator.call(`GET /v2/logs/${id}`)).text, /Z last\n/);
    assert.equal(emulator.clock.pendingTimers(), 0);
  });

  for (const [when, then] of [
    ["before its program has ended", "setTimeout(() => undefined, 30_000)"],
    ["after its program has ended", "process.exit()"],
  ] as const) {
    it(`does not keep the emulator from closing ${when}`, async () => {
      const emulator = await startTestEmulator({
        declaration: withActor({ command: leaves(then) }),
      });
      await emulator.startRun();
      const exited = emulator.timerSet(outputMillis);
      const connected = once(server, "connection");
      emulator.clock.advance(0);
      await connected;
      if (then === "process.exit()") await exited;
      await emulator.close();
      assert.equal(emulator.clock.pendingTimers(), 0);
    });
  }
});
