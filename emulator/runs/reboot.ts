import { ApiError } from "../http/errors";
import { notifyChange } from "./runChanges";
import { restartCode } from "./lifecycle";
import { appendLog } from "./log";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";

/** Restarts the code of a run that is RUNNING; its storages stay. */
export function reboot(state: EmulatorState, entry: RunEntry): void {
  const { run } = entry;
  if (run.status !== "RUNNING") throw new ApiError("job-finished");
  run.stats.rebootCount += 1;
  appendLog(state, entry, "ACTOR: Rebooting the container of the run.");
  restartCode(state, entry);
  notifyChange(state, entry);
}
