import assert from "node:assert/strict";
import { token } from "./world";
import type { Emulator } from "../../../emulator";

/** Starts a run of the same task that is none of the resource's business: its run key is another one. */
export async function startStranger(emulator: Emulator, input: object): Promise<void> {
  const { status } = await fetch(`${emulator.url}/v2/actor-tasks/janedoe~by-hand/runs`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${token}`,
      "Content-Type": "application/json",
      "User-Agent": "pulumi-apify/0.1.0 (run-key 00000000000000000000000000000000)",
    },
    body: JSON.stringify(input),
  });
  assert.equal(status, 201);
}
