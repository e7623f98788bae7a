import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "../../../scripts/testing/tool";
import { startEmulator } from "../../../emulator";
import { openSmokeWorld, token } from "./support/smokeWorld";

/** The checks that create tasks and runs in different ways. */
const only = ["start-answer", "wait-holds", "abort", "task-put-partial", "provider-finds-run"];

/** Interrupts the checks while a request that creates something is under way; undefined once there is none. */
async function interruptAt(create: number, when: "before" | "after"): Promise<string | undefined> {
  const { emulator, smoke, belongings } = await openSmokeWorld();
  const interruption = new AbortController();
  let creates = 0;
  emulator.use(async ({ method, pathname }, { serve, send }) => {
    const isCreate = method === "POST" && /^\/v2\/actor-tasks(\/[^/]+\/runs)?$/.test(pathname);
    if (!isCreate) return "pass";
    creates += 1;
    if (creates !== create) return "pass";
    if (when === "before") interruption.abort();
    const answer = await serve();
    if (when === "after") interruption.abort();
    send(answer);
    return "handled";
  });
  try {
    const { ending, left } = await smoke({ only, signal: interruption.signal });
    if (creates < create) return undefined;
    return JSON.stringify({ ending, left, belongings: await belongings() });
  } finally {
    await emulator.close();
  }
}

describe("an interrupted smoke test", () => {
  for (const when of ["before", "after"] as const) {
    it(`removes everything, also what an interrupted request has created (${when} the work)`, async () => {
      const clean = JSON.stringify({ ending: "interrupted", left: [], belongings: [] });
      for (let create = 1; ; create += 1) {
        const result = await interruptAt(create, when);
        if (result === undefined) {
          assert.ok(create > 6, `only ${create - 1} creates`);
          return;
        }
        assert.equal(result, clean, `interrupted at create ${create}`);
      }
    });
  }

  it("ends with exit code 130 after ^C, with everything removed and no token shown", async () => {
    const emulator = await startEmulator({
      declaration: {
        users: [{ username: "janedoe", token }],
        actors: [{ username: "janedoe", name: "waiting", manual: true }],
      },
    });
    const runIsRead = new Promise<void>((resolve) => {
      emulator.use(({ method, pathname }) => {
        if (method === "GET" && pathname.startsWith("/v2/actor-runs/")) resolve();
        return "pass";
      });
    });
    try {
      const args = ["--base-url", emulator.url, "--token", token, "--actor", "janedoe/waiting"];
      const child = spawn(
        process.execPath,
        ["-r", "ts-node/register/transpile-only", join(root, "scripts/smoke.ts"), ...args],
        { cwd: root, stdio: ["ignore", "pipe", "pipe"] },
      );
      let output = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text: string) => (output += text));
      }
      const ended = new Promise((resolve) => child.once("close", resolve));
      await runIsRead;
      child.kill("SIGINT");
      assert.equal(await ended, 130, output);
      assert.match(output, /Interrupted\. .*\n\nEverything that was created is removed\./);
      assert.ok(!output.includes(token));
      assert.deepEqual(emulator.runs(), []);
    } finally {
      await emulator.close();
    }
  });
});
