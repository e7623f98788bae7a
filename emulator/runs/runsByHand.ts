import { getUser } from "../state/lookup";
import { isTerminal } from "../state/run";
import { moveInIndex } from "../state/runIndex";
import { notifyChange } from "./runChanges";
import { actorOfTask, createRun } from "./createRun";
import { haltRun } from "./execution";
import { startSoon, terminate } from "./lifecycle";
import type { JsonObject } from "../json";
import type { DeclaredRunOptions } from "../state/declarationTypes";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry, Task } from "../state/entities";
import type { Run, RunMeta, RunPatch } from "../state/run";

/** How a test ends a run. */
export interface FinishOptions {
  /** Any string. @default SUCCEEDED, or FAILED if `exitCode` is not 0 */
  readonly status?: string;
  readonly exitCode?: number;
  readonly statusMessage?: string;
}

/** A run that a schedule or a person in Apify Console starts, rather than an API client. */
export interface NewRun {
  /** Id or `username~name`. */
  readonly task: string;
  readonly input?: JsonObject;
  readonly options?: DeclaredRunOptions;
  /** @default origin WEB, and null for every other field */
  readonly meta?: Partial<RunMeta>;
}

/** Starts a run as a schedule or a person in Apify Console would; returns a copy of it. */
export function addRun(
  state: EmulatorState,
  task: Task,
  { input, options = {}, meta }: Omit<NewRun, "task">,
): Run {
  const fromConsole = { origin: "WEB", clientIp: null, userAgent: null, scheduleId: null };
  const entry = createRun(state, {
    owner: getUser(state, task.username),
    actor: actorOfTask(state, task),
    task,
    options,
    input,
    inputBytes: 0,
    webhooks: [],
    meta: { ...fromConsole, scheduledAt: null, ...meta },
  });
  startSoon(state, entry);
  return structuredClone(entry.run);
}

/** Ends a run, whatever its Actor is doing. A status that is not terminal is only set. */
export function finishRun(state: EmulatorState, entry: RunEntry, options: FinishOptions): void {
  const { run } = entry;
  const status = options.status ?? defaultStatus(run.status, options.exitCode ?? 0);
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

function defaultStatus(status: string, exitCode: number): string {
  if (status === "ABORTING") return "ABORTED";
  if (status === "TIMING-OUT") return "TIMED-OUT";
  return exitCode === 0 ? "SUCCEEDED" : "FAILED";
}

/** Sets any fields of a run. A status that is set this way stays until something ends the run. */
export function patchRun(state: EmulatorState, entry: RunEntry, patch: RunPatch): void {
  const { run } = entry;
  moveInIndex(state.runIndex, entry, () => Object.assign(run, structuredClone(patch)));
  for (const [field, value] of Object.entries(patch)) {
    if (value === undefined) Reflect.deleteProperty(run, field);
  }
  if (patch.status !== undefined) keepStatus(entry);
  notifyChange(state, entry);
}

/** Prevents the emulator from changing the status that a test has set. */
function keepStatus(entry: RunEntry): void {
  entry.timers.get("start")?.();
  if (isTerminal(entry.run.status)) haltRun(entry);
}
