import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { closeEmulatorsAfterEach, declaration, startTestEmulator } from "./support/emulator";
import type { Run } from "../../emulator";

const repository = join(__dirname, "../..");

/** Three times runs an Actor and closes the emulator. Nothing else keeps its process alive. */
const program = `
  const { startEmulator } = require("./emulator");
  const runAndClose = async () => {
    const emulator = await startEmulator({
      declaration: {
        users: [{ username: "janedoe", token: "jane-token" }],
        actors: [{ username: "janedoe", name: "quick", command: ["node", "-e", "0"] }],
        tasks: [{ username: "janedoe", name: "quick", actor: "janedoe~quick" }],
      },
    });
    await fetch(emulator.url + "/v2/actor-tasks/janedoe~quick/runs", {
      method: "POST",
      headers: { Authorization: "Bearer jane-token", Connection: "close" },
    });
    await emulator.whenRun(({ status }) => status === "SUCCEEDED");
    await emulator.close();
  };
  (async () => {
    for (let round = 0; round < 3; round += 1) await runAndClose();
    console.log("done");
  })();`;

describe("closing the emulator", () => {
  closeEmulatorsAfterEach();

  it("closes the requests that are held open, and can be done twice", async () => {
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

  it("keeps the process alive until it is done, so that a program can await it", async () => {
    const args = ["-r", "tsx/cjs", "-e", program];
    const { stdout } = await promisify(execFile)("node", args, { cwd: repository });
    assert.equal(stdout, "done\n");
  });
});
