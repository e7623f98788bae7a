import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const repository = join(__dirname, "../..");

/** A program that has nothing else to do than to run an Actor, close the emulator, and go on. */
const program = `
  const { startEmulator } = require("./emulator");
  (async () => {
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
    console.log("went on");
  })();`;

describe("closing an emulator", () => {
  it("lets the program go on that awaits it, although nothing else keeps that alive", async () => {
    for (let attempt = 0; attempt < 3; attempt++) {
      const args = ["-r", "ts-node/register/transpile-only", "-e", program];
      const { stdout } = await promisify(execFile)("node", args, { cwd: repository });
      assert.equal(stdout, "went on\n");
    }
  });
});
