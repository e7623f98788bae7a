import { apifyClient, loadApifyClient } from "./apifyClient";
import { plainAxios, retryingAxios } from "./axiosScripts";
import { cases } from "./faults";
import { play, type Result } from "./play";
import { pulumiApify } from "./pulumiApify";

const contenders = [pulumiApify, apifyClient, retryingAxios, plainAxios];

/** Plays all cases with all contenders. */
export async function compare(): Promise<readonly Result[]> {
  // A proxy of the surroundings would answer in place of the emulator.
  process.env.NO_PROXY = "127.0.0.1";
  await loadApifyClient();
  const results: Result[] = [];
  for (const played of cases) {
    for (const contender of contenders) results.push(await play(contender, played));
  }
  return results;
}
