import { timestamp } from "../state/emulatorState";
import { isTerminal } from "../state/run";
import { addLogLines } from "../state/runLog";
import type { EmulatorState } from "../state/emulatorState";
import type { Build, RunEntry } from "../state/entities";

/**
 * Control sequences, such as colours, and other escape sequences. Unlike `stripVTControlCharacters` of
 * Node.js, the pattern takes no more than linear time, whatever an Actor writes.
 */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const escapeSequences = /\u001B(?:\[[0-?]*[ -/]*[@-~]|[ -/]*[0-~])|\u009B[0-?]*[ -/]*[@-~]/g;

/** Whether a log is shown as the Actor wrote it, or without its escape codes for colours. */
export type LogForm = "raw" | "printable";

/**
 * Appends to a run's log; each line begins with its time, as at Apify. What a program writes after its
 * run was deleted is lost, and so is what it writes while nothing can be recorded: it may write without
 * end.
 */
export function appendLog(state: EmulatorState, entry: RunEntry, text: string): void {
  appendLogLines(state, entry, text.split(/\r?\n/));
}

/** Appends lines together: each call writes to the disk, and on a full one tries to, at length. */
export function appendLogLines(
  state: EmulatorState,
  { run, log }: RunEntry,
  texts: readonly string[],
): void {
  if (!state.runs.has(run.id) || state.journalProblem() !== undefined) return;
  const at = timestamp(state);
  const lines = texts.map((text) => `${at} ${text}`);
  addLogLines(log, lines);
  state.journal({ kind: "log", runId: run.id, lines });
}

/** A run's log from a line on, as `GET /v2/logs/:id` returns it. */
export function logText({ log }: RunEntry, form: LogForm, from = 0): string {
  const lines = log.lines.slice(Math.max(0, from - log.removed));
  const text = lines.map((line) => `${line}\n`).join("");
  return form === "raw" ? text : text.replace(escapeSequences, "");
}

/** Writes what is added to a log, until the run ends or is removed, or the client disconnects. */
export async function followLog(
  state: EmulatorState,
  entry: RunEntry,
  { form, from, write, signal }: FollowOptions,
): Promise<void> {
  const release = state.heldRequests.add();
  let next = from;
  for (;;) {
    const end = entry.log.removed + entry.log.lines.length;
    if (end > next) await write(logText(entry, form, next));
    next = Math.max(next, end);
    if (signal.aborted) break;
    // More lines may have come while a slow client took these.
    if (entry.log.removed + entry.log.lines.length > next) continue;
    if (isTerminal(entry.run.status) || !state.runs.has(entry.run.id)) break;
    await nextChange(state, entry, signal);
  }
  release();
}

interface FollowOptions {
  readonly form: LogForm;
  /** The number of the first line. */
  readonly from: number;
  /** Resolves when the client can take more. */
  readonly write: (text: string) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Resolves when the log or the run changes, or the client disconnects. */
function nextChange(state: EmulatorState, entry: RunEntry, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      entry.log.listeners.delete(settle);
      state.changeListeners.delete(onChange);
      signal.removeEventListener("abort", settle);
      resolve();
    };
    const onChange = (changed: RunEntry): void => {
      if (changed === entry) settle();
    };
    entry.log.listeners.add(settle);
    state.changeListeners.add(onChange);
    signal.addEventListener("abort", settle);
  });
}

/** The log of a build. The emulator builds nothing, so all builds have the same. */
export function buildLogText({ createdAt, number }: Build): string {
  return [`ACTOR: Building Actor, build ${number}.`, "ACTOR: Build finished."]
    .map((line) => `${createdAt} ${line}\n`)
    .join("");
}
