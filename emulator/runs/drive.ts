import { cancelRunTimers, notify, type Platform } from "../platform";
import type { DeclaredRunOptions } from "../state/declaration";
import type { RunEntry, Task } from "../state/entities";
import { userNamed } from "../state/seed";
import {
  isTerminal,
  type JsonObject,
  type Run,
  type RunMeta,
  type RunPatch,
} from "../state/shapes";
import { createRun } from "./create";
import { scheduleStart, terminate } from "./life";

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
  platform: Platform,
  task: Task,
  { input, options = {}, meta }: Omit<NewRun, "task">,
): Run {
  const nobody = { origin: "WEB", clientIp: null, userAgent: null, scheduleId: null };
  const entry = createRun(platform, {
    owner: userNamed(platform, task.username),
    task,
    options,
    input,
    inputBytes: 0,
    webhooks: [],
    meta: { ...nobody, scheduledAt: null, ...meta },
  });
  scheduleStart(platform, entry);
  return structuredClone(entry.run);
}

/** Ends a run, whatever its Actor does. A status that is not terminal is only set. */
export function finish(platform: Platform, entry: RunEntry, options: FinishOptions): void {
  const { run } = entry;
  const status = options.status ?? defaultEnd(run.status, options.exitCode ?? 0);
  if (options.statusMessage !== undefined) {
    run.statusMessage = options.statusMessage;
    entry.messageFrom = "actor";
  }
  if (!isTerminal(status)) {
    const { exitCode } = options;
    setFields(platform, entry, { status, ...(exitCode === undefined ? {} : { exitCode }) });
    return;
  }
  const exitCode = options.exitCode ?? (status === "FAILED" ? 1 : 0);
  terminate(platform, entry, { status, exitCode });
}

function defaultEnd(status: string, exitCode: number): string {
  if (status === "ABORTING") return "ABORTED";
  if (status === "TIMING-OUT") return "TIMED-OUT";
  return exitCode === 0 ? "SUCCEEDED" : "FAILED";
}

/** Changes any fields of a run; a status that is set so stays until something else ends it. */
export function setFields(platform: Platform, entry: RunEntry, patch: RunPatch): void {
  const { run } = entry;
  Object.assign(run, structuredClone(patch));
  for (const [field, value] of Object.entries(patch)) {
    if (value === undefined) Reflect.deleteProperty(run, field);
  }
  if (patch.status !== undefined) holdStatus(entry);
  notify(platform, entry);
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
