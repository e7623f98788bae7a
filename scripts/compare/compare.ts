import { candidates, warmUpApifyClient } from "./candidates";
import { cases } from "./cases";
import { runCase } from "./runCase";
import type { Result } from "./runCase";

/** Runs all cases with all candidates. */
export async function compare(): Promise<readonly Result[]> {
  // Requests to the emulator must not go through a proxy of the environment.
  process.env.NO_PROXY = "127.0.0.1";
  await warmUpApifyClient();
  const results: Result[] = [];
  for (const tested of cases) {
    for (const candidate of candidates) results.push(await runCase(candidate, tested));
  }
  return results;
}
