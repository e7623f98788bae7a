import { cancelRunTimers, notifyChange, setRunTimer, timestamp } from "../state/emulatorState";
import { isTerminal } from "../state/run";
import { startCode } from "./execution";
import { appendLog } from "./log";
import { recordUsage } from "./usage";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";
import type { ActorExit } from "./execution";

/** https://docs.apify.com/platform/actors/running/runs-and-builds#aborting-runs */
const gracefulAbortMillis = 30_000;

/** Apify: at most three restarts a minute; here three in the whole life of a run. */
const maxRestarts = 3;

/** Apify's own example of an aborted run has this exit code. */
const abortedByForce = { status: "ABORTED", exitCode: 0 };

/** How a run comes to its end. */
export interface Ending {
  readonly status: string;
  readonly exitCode: number | null;
  /** @default what Apify says of such an end */
  readonly statusMessage?: string | undefined;
}

/** Lets a run in READY start when its time has come. */
export function scheduleStart(state: EmulatorState, entry: RunEntry): void {
  notifyChange(state, entry);
  setRunTimer(state, entry, {
    name: "start",
    millis: state.settings.startDelayMillis,
    callback: () => {
      enterRunning(state, entry);
    },
  });
}

/** Brings a terminal run back to RUNNING, under the same ids. */
export function resurrect(state: EmulatorState, entry: RunEntry): void {
  const { run } = entry;
  run.finishedAt = null;
  run.exitCode = null;
  run.statusMessage = null;
  run.isStatusMessageTerminal = null;
  run.stats.resurrectCount += 1;
  entry.messageFrom = "platform";
  enterRunning(state, entry);
}

/** Aborts a live run; a run that has ended stays as it is. */
export function abort(
  state: EmulatorState,
  entry: RunEntry,
  manner: "gracefully" | "at once",
): void {
  const { run } = entry;
  if (isTerminal(run.status)) return;
  if (run.status === "READY") {
    // No container was allocated, so there is nothing to stop and no exit code.
    terminate(state, entry, { status: "ABORTED", exitCode: null });
    return;
  }
  if (manner === "at once") {
    stopRun(state, entry, { through: "ABORTING", ending: abortedByForce });
    return;
  }
  if (run.status === "ABORTING") return;
  setStatus(state, entry, "ABORTING");
  setRunTimer(state, entry, {
    name: "stop",
    millis: gracefulAbortMillis,
    callback: () => {
      stopRun(state, entry, { through: "ABORTING", ending: abortedByForce });
    },
  });
  entry.execution?.signal();
}

/** Ends a run: its code is stopped, its timers are called off, its figures are settled. */
export function terminate(state: EmulatorState, entry: RunEntry, ending: Ending): void {
  const { run } = entry;
  cancelRunTimers(entry);
  const execution = entry.execution;
  entry.execution = undefined;
  execution?.kill();
  if (entry.messageFrom === "platform") {
    run.statusMessage = ending.statusMessage ?? messageFor(ending);
    run.isStatusMessageTerminal = true;
  }
  run.exitCode = ending.exitCode;
  run.finishedAt = timestamp(state);
  recordUsage(state, entry);
  setStatus(state, entry, ending.status);
}

function messageFor({ status, exitCode }: Ending): string {
  if (status === "FAILED") return `Actor process exited with code ${exitCode ?? "unknown"}`;
  if (status === "ABORTED") return "Actor was aborted";
  if (status !== "TIMED-OUT") return "Actor has finished";
  return "The Actor timed out. You can resurrect it with a longer timeout to continue where you left off.";
}

function enterRunning(state: EmulatorState, entry: RunEntry): void {
  setStatus(state, entry, "RUNNING");
  const { timeoutSecs } = entry.run.options;
  if (timeoutSecs > 0) {
    const callback = (): void => {
      stopRun(state, entry, {
        through: "TIMING-OUT",
        ending: { status: "TIMED-OUT", exitCode: null },
      });
    };
    setRunTimer(state, entry, { name: "stop", millis: timeoutSecs * 1000, callback });
  }
  runCode(state, entry);
}

/** Ends the code of a run that is RUNNING and starts that of the build which it has by now. */
export function restartCode(state: EmulatorState, entry: RunEntry): void {
  const execution = entry.execution;
  entry.execution = undefined;
  execution?.kill();
  if (entry.run.status === "RUNNING") runCode(state, entry);
}

function runCode(state: EmulatorState, entry: RunEntry): void {
  const execution = startCode(state, entry, (outcome) => {
    // What a killed or replaced execution still has to say concerns nobody.
    if (entry.execution === execution) codeEnded(state, entry, outcome);
  });
  entry.execution = execution;
}

function codeEnded(state: EmulatorState, entry: RunEntry, { exitCode, problem }: ActorExit): void {
  const { run } = entry;
  entry.execution = undefined;
  if (run.status === "ABORTING") {
    terminate(state, entry, { status: "ABORTED", exitCode });
    return;
  }
  if (exitCode === 0) {
    terminate(state, entry, { status: "SUCCEEDED", exitCode });
    return;
  }
  if (entry.restartOnError && run.stats.restartCount < maxRestarts) {
    run.stats.restartCount += 1;
    appendLog(state, entry, `ACTOR: Exited with code ${exitCode}, restarting.`);
    notifyChange(state, entry);
    const callback = (): void => {
      runCode(state, entry);
    };
    setRunTimer(state, entry, { name: "restart", millis: 0, callback });
    return;
  }
  terminate(state, entry, { status: "FAILED", exitCode, statusMessage: problem });
}

function stopRun(
  state: EmulatorState,
  entry: RunEntry,
  { through, ending }: { through: "ABORTING" | "TIMING-OUT"; ending: Ending },
): void {
  const execution = entry.execution;
  entry.execution = undefined;
  cancelRunTimers(entry);
  execution?.kill();
  setStatus(state, entry, through);
  const end = (): void => {
    terminate(state, entry, ending);
  };
  const millis = state.settings.stopDelayMillis;
  if (millis === 0) end();
  else setRunTimer(state, entry, { name: "stopped", millis, callback: end });
}

function setStatus(state: EmulatorState, entry: RunEntry, status: string): void {
  entry.run.status = status;
  appendLog(state, entry, `ACTOR: Status of the run: ${status}`);
  notifyChange(state, entry);
}
