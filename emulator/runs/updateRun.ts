import { ApiError, invalidValue } from "../http/errors";
import { isTerminal } from "../state/run";
import { generalAccessLevels } from "../state/storage";
import { notifyChange } from "./runChanges";
import { resurrect } from "./lifecycle";
import { checkLimits } from "./limits";
import { checkCharges, resolveBuild, resolveOptions } from "./options";
import type { JsonObject } from "../json";
import type { DeclaredRunOptions } from "../state/declarationTypes";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";

/**
 * Sets the fields of a run that `PUT /v2/actor-runs/:id` can set; others are ignored.
 *
 * @throws ApiError if the general access is none that Apify has; nothing was changed then
 */
export function updateRun(state: EmulatorState, entry: RunEntry, patch: JsonObject): void {
  const { statusMessage, isStatusMessageTerminal, generalAccess } = patch;
  const { run } = entry;
  const level = generalAccessLevels.find((each) => each === generalAccess);
  if (generalAccess !== undefined && level === undefined) {
    throw invalidValue(`"generalAccess" must be one of ${generalAccessLevels.join(", ")}`);
  }
  if (typeof statusMessage === "string") {
    run.statusMessage = statusMessage;
    entry.messageFrom = "actor";
  }
  if (typeof isStatusMessageTerminal === "boolean") {
    run.isStatusMessageTerminal = isStatusMessageTerminal;
  }
  if (level !== undefined) run.generalAccess = level;
  notifyChange(state, entry);
}

/**
 * Restarts a run that has ended, with other options if there are some.
 *
 * @throws ApiError if Apify would refuse it; nothing was changed then
 */
export function resurrectWith(
  state: EmulatorState,
  entry: RunEntry,
  requested: DeclaredRunOptions,
): void {
  const { run, actor } = entry;
  if (!isTerminal(run.status)) {
    const message = "Only a run that has finished can be resurrected.";
    throw new ApiError("operation-not-allowed", { message });
  }
  const options = resolveOptions([requested, run.options]);
  // Without a build in the request the run keeps its build, even if its tag has moved since.
  const build = requested.build === undefined ? entry.build : resolveBuild(actor, options.build);
  checkCharges(entry.pricing, options);
  checkLimits(state, entry.owner, options.memoryMbytes);
  run.options = options;
  entry.build = build;
  run.buildId = build.id;
  run.buildNumber = build.number;
  entry.restartOnError = options.restartOnError ?? false;
  resurrect(state, entry);
}

/** Counts a read of a run by its id, and says whether the run can be read already. */
export function countRead(state: EmulatorState, entry: RunEntry): "readable" | "lagging" {
  entry.reads += 1;
  return entry.reads <= state.settings.readLagReads ? "lagging" : "readable";
}
