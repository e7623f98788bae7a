import { ApiError } from "../http/errors";
import { runConsoleUrl } from "../state/consoleUrls";
import { timestamp } from "../state/emulatorState";
import { isTerminal } from "../state/run";
import { setRecord } from "../state/records";
import { moveInIndex } from "../state/runIndex";
import { notifyChange } from "./runChanges";
import { restartCode } from "./lifecycle";
import { resolveBuild } from "./options";
import type { JsonObject } from "../json";
import type { EmulatorState } from "../state/emulatorState";
import type { Actor, RunEntry } from "../state/entities";

/** The Actor, build and input that a metamorph switches to. */
export interface MetamorphTarget {
  readonly actor: Actor;
  /** A tag or a number. @default the Actor's default build, else `latest` */
  readonly build?: string | undefined;
  /** @default an empty object */
  readonly input?: JsonObject | undefined;
}

/**
 * Turns a live run into a run of another Actor. Its id and storages stay the same.
 * https://docs.apify.com/platform/actors/development/programming-interface/metamorph
 */
export function metamorph(
  state: EmulatorState,
  entry: RunEntry,
  { actor, build: requested, input = {} }: MetamorphTarget,
): void {
  const { run } = entry;
  if (isTerminal(run.status)) throw new ApiError("job-finished");
  const build = resolveBuild(actor, requested ?? actor.defaultRunOptions.build ?? "latest");
  run.stats.metamorph += 1;
  const inputKey = `INPUT-METAMORPH-${run.stats.metamorph}`;
  const store = state.keyValueStores.get(run.defaultKeyValueStoreId);
  if (store !== undefined) setRecord(state, store, { key: inputKey, value: input });
  entry.actor = actor;
  entry.build = build;
  entry.inputKey = inputKey;
  moveInIndex(state.runIndex, entry, () => {
    run.actId = actor.id;
  });
  run.consoleUrl = runConsoleUrl(state, run);
  run.buildId = build.id;
  run.buildNumber = build.number;
  const event = { createdAt: timestamp(state), actorId: actor.id, buildId: build.id, inputKey };
  run.metamorphs = [...(run.metamorphs ?? []), event];
  restartCode(state, entry);
  notifyChange(state, entry);
}
