import { cancelRunTimers, notify, setRunTimer, timestamp, type Platform } from "../platform";
import type { RunEntry } from "../state/entities";
import { isTerminal } from "../state/shapes";
import { launch, type Outcome } from "./launch";
import { appendLog } from "./log";
import { settleUsage } from "./usage";

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
export function scheduleStart(platform: Platform, entry: RunEntry): void {
  notify(platform, entry);
  setRunTimer(platform, entry, {
    name: "start",
    millis: platform.behaviour.startDelayMillis,
    callback: () => {
      enterRunning(platform, entry);
    },
  });
}

/** Brings a terminal run back to RUNNING, under the same ids. */
export function resurrect(platform: Platform, entry: RunEntry): void {
  const { run } = entry;
  run.finishedAt = null;
  run.exitCode = null;
  run.statusMessage = null;
  run.isStatusMessageTerminal = null;
  run.stats.resurrectCount += 1;
  entry.messageFrom = "platform";
  enterRunning(platform, entry);
}

/** Aborts a live run; a run that has ended stays as it is. */
export function abort(platform: Platform, entry: RunEntry, manner: "gracefully" | "at once"): void {
  const { run } = entry;
  if (isTerminal(run.status)) return;
  if (run.status === "READY") {
    // No container was allocated, so there is nothing to stop and no exit code.
    terminate(platform, entry, { status: "ABORTED", exitCode: null });
    return;
  }
  if (manner === "at once") {
    stop(platform, entry, { through: "ABORTING", ending: abortedByForce });
    return;
  }
  if (run.status === "ABORTING") return;
  setStatus(platform, entry, "ABORTING");
  setRunTimer(platform, entry, {
    name: "stop",
    millis: gracefulAbortMillis,
    callback: () => {
      stop(platform, entry, { through: "ABORTING", ending: abortedByForce });
    },
  });
  entry.execution?.signal();
}

/** Ends a run: its code is stopped, its timers are called off, its figures are settled. */
export function terminate(platform: Platform, entry: RunEntry, ending: Ending): void {
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
  run.finishedAt = timestamp(platform);
  settleUsage(platform, entry);
  setStatus(platform, entry, ending.status);
}

function messageFor({ status, exitCode }: Ending): string {
  if (status === "FAILED") return `Actor process exited with code ${exitCode ?? "unknown"}`;
  if (status === "ABORTED") return "Actor was aborted";
  if (status !== "TIMED-OUT") return "Actor has finished";
  return "The Actor timed out. You can resurrect it with a longer timeout to continue where you left off.";
}

function enterRunning(platform: Platform, entry: RunEntry): void {
  setStatus(platform, entry, "RUNNING");
  const { timeoutSecs } = entry.run.options;
  if (timeoutSecs > 0) {
    const callback = (): void => {
      stop(platform, entry, {
        through: "TIMING-OUT",
        ending: { status: "TIMED-OUT", exitCode: null },
      });
    };
    setRunTimer(platform, entry, { name: "stop", millis: timeoutSecs * 1000, callback });
  }
  execute(platform, entry);
}

/** Ends the code of a run that is RUNNING and starts that of the build which it has by now. */
export function restartCode(platform: Platform, entry: RunEntry): void {
  const execution = entry.execution;
  entry.execution = undefined;
  execution?.kill();
  if (entry.run.status === "RUNNING") execute(platform, entry);
}

function execute(platform: Platform, entry: RunEntry): void {
  const execution = launch(platform, entry, (outcome) => {
    // What a killed or replaced execution still has to say concerns nobody.
    if (entry.execution === execution) codeEnded(platform, entry, outcome);
  });
  entry.execution = execution;
}

function codeEnded(platform: Platform, entry: RunEntry, { exitCode, problem }: Outcome): void {
  const { run } = entry;
  entry.execution = undefined;
  if (run.status === "ABORTING") {
    terminate(platform, entry, { status: "ABORTED", exitCode });
    return;
  }
  if (exitCode === 0) {
    terminate(platform, entry, { status: "SUCCEEDED", exitCode });
    return;
  }
  if (entry.restartOnError && run.stats.restartCount < maxRestarts) {
    run.stats.restartCount += 1;
    appendLog(platform, entry, `ACTOR: Exited with code ${exitCode}, restarting.`);
    notify(platform, entry);
    const callback = (): void => {
      execute(platform, entry);
    };
    setRunTimer(platform, entry, { name: "restart", millis: 0, callback });
    return;
  }
  terminate(platform, entry, { status: "FAILED", exitCode, statusMessage: problem });
}

function stop(
  platform: Platform,
  entry: RunEntry,
  { through, ending }: { through: "ABORTING" | "TIMING-OUT"; ending: Ending },
): void {
  const execution = entry.execution;
  entry.execution = undefined;
  cancelRunTimers(entry);
  execution?.kill();
  setStatus(platform, entry, through);
  const end = (): void => {
    terminate(platform, entry, ending);
  };
  const millis = platform.behaviour.stopDelayMillis;
  if (millis === 0) end();
  else setRunTimer(platform, entry, { name: "stopped", millis, callback: end });
}

function setStatus(platform: Platform, entry: RunEntry, status: string): void {
  entry.run.status = status;
  appendLog(platform, entry, `ACTOR: Status of the run: ${status}`);
  notify(platform, entry);
}
