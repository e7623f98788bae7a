import type { World } from "./world";

/** Does something after so many seconds from now. */
export function atSeconds({ time }: World, secs: number, then: () => void): void {
  time.emulatorClock.setTimer(secs * 1000, then);
}

/** The id of the newest run. */
export function theRun({ emulator }: World): string {
  return emulator.runs().at(-1)?.id ?? "none";
}

/** Brings the newest run back to life, as somebody may in Apify Console. */
export function resurrect(world: World): void {
  world.emulator.setStatus(theRun(world), {
    status: "RUNNING",
    finishedAt: null,
    exitCode: null,
    statusMessage: null,
  });
}
