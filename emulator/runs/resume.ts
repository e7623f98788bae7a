import { isTerminal } from "../state/run";
import { notifyChange } from "./changeListeners";
import { limitTime, restartCode, scheduleStart, terminate } from "./lifecycle";
import { appendLog } from "./log";
import { resumeDeliveries } from "./webhooks/dispatch";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";

/**
 * Continues what was going on when an earlier emulator ended. For a run it is as if Apify had migrated
 * it to another server: its code starts again, with the storages as they are.
 * https://docs.apify.com/platform/actors/development/builds-and-runs/state-persistence
 */
export function resumeRuns(state: EmulatorState): void {
  for (const entry of [...state.runs.values()]) {
    // First, because a run that ends now makes deliveries of its own.
    resumeDeliveries(state, entry);
    if (!isTerminal(entry.run.status)) resumeRun(state, entry);
  }
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
      limitTimeLeft(state, entry);
      restartCode(state, entry);
      notifyChange(state, entry);
  }
}

function limitTimeLeft(state: EmulatorState, entry: RunEntry): void {
  const { options, startedAt, stats } = entry.run;
  if (options.timeoutSecs === 0) return;
  const millis = options.timeoutSecs * 1000;
  const spent = state.clock.now() - Date.parse(startedAt);
  // A resurrected run has started twice, and only its first start is stored.
  limitTime(state, entry, stats.resurrectCount > 0 ? millis : Math.max(0, millis - spent));
}
