import { userNamed } from "../state/declaredEntities";
import { cancelRunTimers, notifyChange } from "../state/emulatorState";
import { isTerminal } from "../state/run";
import { createRun } from "./createRun";
import { scheduleStart, terminate } from "./lifecycle";
import type { DeclaredRunOptions } from "../state/declaration";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry, Task } from "../state/entities";
import type { JsonObject, Run, RunMeta, RunPatch } from "../state/run";

/** How a test ends a run. */
export interface FinishOptions {
  /** Any string, an unknown status too. @default SUCCEEDED, FAILED when `exitCode` is not 0 */
  readonly status?: string;
  readonly exitCode?: number;
  readonly statusMessage?: string;
}

/** A run that no API client starts, but a schedule, or a person in Apify Console. */
export interface NewRun {
  /** Id or `username~name`. */
  readonly task: string;
  readonly input?: JsonObject;
  readonly options?: DeclaredRunOptions;
  /** @default an origin of WEB, all else null */
  readonly meta?: Partial<RunMeta>;
}

/** Starts a run that no API client starts; gives a copy of it. */
export function addRun(
  state: EmulatorState,
  task: Task,
  { input, options = {}, meta }: Omit<NewRun, "task">,
): Run {
  const nobody = { origin: "WEB", clientIp: null, userAgent: null, scheduleId: null };
  const entry = createRun(state, {
    owner: userNamed(state, task.username),
    task,
    options,
    input,
    inputBytes: 0,
    webhooks: [],
    meta: { ...nobody, scheduledAt: null, ...meta },
  });
  scheduleStart(state, entry);
  return structuredClone(entry.run);
}

/** Ends a run, whatever its Actor does. A status that is not terminal is only set. */
export function finishRun(state: EmulatorState, entry: RunEntry, options: FinishOptions): void {
  const { run } = entry;
  const status = options.status ?? defaultEnd(run.status, options.exitCode ?? 0);
  if (options.statusMessage !== undefined) {
    run.statusMessage = options.statusMessage;
    entry.messageFrom = "actor";
  }
  if (!isTerminal(status)) {
    const { exitCode } = options;
    patchRun(state, entry, { status, ...(exitCode === undefined ? {} : { exitCode }) });
    return;
  }
  const exitCode = options.exitCode ?? (status === "FAILED" ? 1 : 0);
  terminate(state, entry, { status, exitCode });
}

function defaultEnd(status: string, exitCode: number): string {
  if (status === "ABORTING") return "ABORTED";
  if (status === "TIMING-OUT") return "TIMED-OUT";
  return exitCode === 0 ? "SUCCEEDED" : "FAILED";
}

/** Changes any fields of a run; a status that is set so stays until something else ends it. */
export function patchRun(state: EmulatorState, entry: RunEntry, patch: RunPatch): void {
  const { run } = entry;
  Object.assign(run, structuredClone(patch));
  for (const [field, value] of Object.entries(patch)) {
    if (value === undefined) Reflect.deleteProperty(run, field);
  }
  if (patch.status !== undefined) holdStatus(entry);
  notifyChange(state, entry);
}

/** Keeps the emulator from moving a run on from the status that a test gave it. */
function holdStatus(entry: RunEntry): void {
  entry.timers.get("start")?.();
  if (!isTerminal(entry.run.status)) return;
  cancelRunTimers(entry);
  const execution = entry.execution;
  entry.execution = undefined;
  execution?.kill();
}
