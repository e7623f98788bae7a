import { isTerminal } from "../state/run";
import { notifyChange } from "./runChanges";
import { limitTime, restartCode, scheduleStart, terminate } from "./lifecycle";
import { appendLog } from "./log";
import { resumeDeliveries } from "./webhooks/dispatch";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";

/**
 * Continues what was going on when an earlier emulator ended. For a run it is as if Apify had migrated
 * it to another server: its code starts again, with the storages as they are. Unlike at Apify, nothing
 * ran meanwhile, so that time does not count.
 * https://docs.apify.com/platform/actors/development/builds-and-runs/state-persistence
 *
 * @param aliveAt - when the earlier emulator was last known to run, in epoch milliseconds
 */
export function resumeRuns(state: EmulatorState, aliveAt: number): void {
  for (const entry of [...state.runs.values()]) {
    // First, because a run that ends now makes deliveries of its own.
    resumeDeliveries(state, entry);
    if (isTerminal(entry.run.status)) continue;
    leaveOut(state, entry, aliveAt);
    resumeRun(state, entry);
  }
}

/** Leaves the time since then out of the time for which a run has been running. */
function leaveOut(state: EmulatorState, entry: RunEntry, aliveAt: number): void {
  const now = state.clock.now();
  const offMillis = Math.max(0, now - Math.max(aliveAt, entry.createdAt));
  entry.offMillis += offMillis;
  if (entry.timeoutAt === undefined) return;
  // It may have begun to run after that time.
  const latest = now + entry.run.options.timeoutSecs * 1000;
  entry.timeoutAt = Math.min(entry.timeoutAt + offMillis, latest);
}

function resumeRun(state: EmulatorState, entry: RunEntry): void {
  const { run } = entry;
  switch (run.status) {
    case "READY":
      scheduleStart(state, entry);
      return;
    case "ABORTING":
      terminate(state, entry, { status: "ABORTED", exitCode: 0 });
      return;
    case "TIMING-OUT":
      terminate(state, entry, { status: "TIMED-OUT", exitCode: null });
      return;
    case "RUNNING":
      run.stats.migrationCount += 1;
      appendLog(state, entry, "ACTOR: The local Apify was restarted, and restarts this Actor.");
      limitTime(state, entry);
      restartCode(state, entry);
      notifyChange(state, entry);
  }
}
