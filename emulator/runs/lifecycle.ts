import { timestamp } from "../state/emulatorState";
import { isTerminal } from "../state/run";
import { notifyChange } from "./runChanges";
import { haltRun, killCode, startCode } from "./execution";
import { appendLog } from "./log";
import { setRunTimer } from "./timers";
import { endEvents, endMessage } from "./ending";
import { recordUsage } from "./usage";
import { dispatchWebhooks } from "./webhooks/dispatch";
import type { EmulatorState } from "../state/emulatorState";
import type { ActorExit, RunEntry } from "../state/entities";
import type { Ending } from "./ending";

/** https://docs.apify.com/platform/actors/running/runs-and-builds#aborting-runs */
const gracefulAbortMillis = 30_000;

/** Apify restarts a run at most three times a minute; the emulator, three times in all. */
const maxRestarts = 3;

/** The exit code is that of the aborted run in Apify's documentation. */
const abortedByForce = { status: "ABORTED", exitCode: 0 };

/** Starts a new run after `startDelayMillis`. */
export function startSoon(state: EmulatorState, entry: RunEntry): void {
  notifyChange(state, entry);
  dispatchWebhooks(state, entry, "ACTOR.RUN.CREATED");
  scheduleStart(state, entry);
}

/** Starts a READY run after `startDelayMillis`. */
export function scheduleStart(state: EmulatorState, entry: RunEntry): void {
  setRunTimer(state, entry, {
    name: "start",
    millis: state.settings.startDelayMillis,
    callback: () => {
      enterRunning(state, entry);
    },
  });
}

/** Returns a terminal run to RUNNING; its ids stay the same. */
export function resurrect(state: EmulatorState, entry: RunEntry): void {
  const { run } = entry;
  run.finishedAt = null;
  run.exitCode = null;
  run.statusMessage = null;
  run.isStatusMessageTerminal = null;
  run.stats.resurrectCount += 1;
  entry.messageFrom = "platform";
  enterRunning(state, entry);
  dispatchWebhooks(state, entry, "ACTOR.RUN.RESURRECTED");
}

/** Aborts a run; does nothing if the run has ended. */
export function abort(
  state: EmulatorState,
  entry: RunEntry,
  manner: "gracefully" | "immediately",
): void {
  const { run } = entry;
  if (isTerminal(run.status)) return;
  if (run.status === "READY") {
    // No container was allocated, so there is no process to stop and no exit code.
    terminate(state, entry, { status: "ABORTED", exitCode: null });
    return;
  }
  if (manner === "immediately") {
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
  entry.execution?.requestStop();
}

/** Ends a run: kills its code, cancels its timers and records its usage. */
export function terminate(state: EmulatorState, entry: RunEntry, ending: Ending): void {
  const { run } = entry;
  haltRun(entry);
  if (entry.messageFrom === "platform") {
    run.statusMessage = ending.statusMessage ?? endMessage(ending);
    run.isStatusMessageTerminal = true;
  }
  run.exitCode = ending.exitCode;
  run.finishedAt = timestamp(state);
  recordUsage(state, entry);
  setStatus(state, entry, ending.status);
}

function enterRunning(state: EmulatorState, entry: RunEntry): void {
  const { timeoutSecs } = entry.run.options;
  entry.timeoutAt = timeoutSecs > 0 ? state.clock.now() + timeoutSecs * 1000 : undefined;
  setStatus(state, entry, "RUNNING");
  limitTime(state, entry);
  runCode(state, entry);
}

/** Lets a run time out when its time is over. */
export function limitTime(state: EmulatorState, entry: RunEntry): void {
  if (entry.timeoutAt === undefined) return;
  const millis = Math.max(0, entry.timeoutAt - state.clock.now());
  const callback = (): void => {
    stopRun(state, entry, {
      through: "TIMING-OUT",
      ending: { status: "TIMED-OUT", exitCode: null },
    });
  };
  setRunTimer(state, entry, { name: "stop", millis, callback });
}

/** Kills the code of a run and, if the run is RUNNING, starts the code of its current build. */
export function restartCode(state: EmulatorState, entry: RunEntry): void {
  killCode(entry);
  if (entry.run.status === "RUNNING") runCode(state, entry);
}

function runCode(state: EmulatorState, entry: RunEntry): void {
  const execution = startCode(state, entry, (exit) => {
    // The exit of code that was killed or replaced must not end the run.
    if (entry.execution === execution) endOrRestart(state, entry, exit);
  });
  entry.execution = execution;
}

function endOrRestart(
  state: EmulatorState,
  entry: RunEntry,
  { exitCode, problem }: ActorExit,
): void {
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
  haltRun(entry);
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
  const event = endEvents[status];
  if (event !== undefined) dispatchWebhooks(state, entry, event);
}
