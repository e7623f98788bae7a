import assert from "node:assert/strict";
import { startTestEmulator } from "./emulator";
import { rawRequest } from "./rawRequest";
import type { Fault } from "../../../emulator";
import type { TestEmulator } from "./emulator";
import type { RawReply } from "./rawRequest";

/** Starts a run with a fault, in a new emulator. */
export async function startWithFault(
  fault: Fault,
): Promise<{ emulator: TestEmulator; reply: RawReply; runs: number }> {
  const emulator = await startTestEmulator();
  const injected = emulator.faults.inject({ endpoint: "startRun", fault });
  const reply = await rawRequest(emulator, "POST /v2/actor-tasks/~scrape/runs");
  assert.equal(injected.hits, 1);
  return { emulator, reply, runs: emulator.runs().length };
}
