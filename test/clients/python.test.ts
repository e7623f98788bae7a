import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { startEmulator } from "../../emulator";
import { responseChecks } from "../emulator/support/checkResponses";
import { clientDeclaration } from "./clientDeclaration";
import { pythonWith } from "../support/pythonVenv";
import type { Emulator } from "../../emulator";

/** What the Python program prints. */
interface Calls {
  /** The error of each method, or null. */
  readonly results: Readonly<Record<string, string | null>>;
  readonly missed: readonly string[];
}

describe("Apify's Python client", () => {
  // The first time, it is installed.
  const checkResponses = responseChecks();
  let emulator: Emulator | undefined;
  let calls: Calls;

  before(async () => {
    const python = await pythonWith(join(__dirname, "requirements.txt"));
    emulator = await startEmulator({ declaration: clientDeclaration });
    checkResponses(emulator);
    const program = join(__dirname, "python_calls.py");
    const { stdout } = await promisify(execFile)(python, [program, emulator.url, "jane-token"]);
    calls = JSON.parse(stdout) as Calls;
  });
  after(async () => {
    await emulator?.close();
  });

  for (const [what, names] of [
    ["tasks", /^(Task\w*Client\.|tasks)/],
    ["runs", /^(Run\w*Client\.|runs)/],
    ["datasets", /^(Dataset\w*Client\.|datasets)/],
    ["key-value stores", /^(KeyValueStore\w*Client\.|key_value_stores)/],
    ["request queues", /^(RequestQueue\w*Client\.|request_queues)/],
    ["logs", /^(LogClient\.|logs)/],
    ["users", /^(UserClient\.|users)/],
    ["Actors and builds", /^((Actor|Build)\w*Client\.|actors)/],
  ] as const) {
    it(`can do with ${what} what it can at Apify`, () => {
      const own = Object.entries(calls.results).filter(([name]) => names.test(name));
      assert.ok(own.length > 0);
      const errors = own.filter(([, error]) => error !== null);
      assert.deepEqual(Object.fromEntries(errors), {});
    });
  }

  it("has no method that was not tried", () => {
    assert.deepEqual(calls.missed, []);
  });
});
