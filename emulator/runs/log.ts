import { timestamp } from "../state/emulatorState";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";

/** Appends to a run's log; each line begins with its time, as at Apify. */
export function appendLog(state: EmulatorState, { log }: RunEntry, text: string): void {
  for (const line of text.split(/\r?\n/)) log.push(`${timestamp(state)} ${line}`);
}

/** A run's log as `GET /v2/logs/:id` returns it. */
export function logText({ log }: RunEntry): string {
  return log.map((line) => `${line}\n`).join("");
}
