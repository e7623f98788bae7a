import { splitHidden } from "./hidden";
import { toWire } from "./wire";
import type { TaskRunState } from "../lifecycle/state";
import type { HiddenInputs } from "./hidden";

/**
 * The state in the form that Pulumi stores. The run is one JSON text: some eighty values instead
 * would cost an eighth of the time of every command over many resources
 * (docs/decisions/0002-few-declared-outputs.md).
 */
export function toStored(state: TaskRunState, hidden: HiddenInputs): Record<string, unknown> {
  const { run, ...others } = state;
  return toWire({ ...others, ...hidden, runJson: JSON.stringify(run) });
}

/** The state from its stored form. A resource that is being read for the first time has no run yet. */
export function fromStored(properties: Record<string, unknown>): Partial<TaskRunState> {
  const { runJson, ...others } = splitHidden(properties).visible;
  if (typeof runJson !== "string") return others;
  return { ...others, run: JSON.parse(runJson) as TaskRunState["run"] };
}
