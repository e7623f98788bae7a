import { asyncModelRun } from "fast-check";
import { openWorld } from "../world";
import { newModel } from "./model";
import { settle } from "./expectGoodEnd";
import type { EmulatorSettings } from "../../../../emulator";
import type { Model } from "./model";
import type { Step } from "./step";

/** What a test counts of the worlds it played in. */
export const played = { sequences: 0, faults: 0 };

/** Makes the steps that are possible, one after another, in a world of its own, and lets all come to an end. */
export async function play(
  settings: Partial<EmulatorSettings>,
  steps: Iterable<Step>,
): Promise<void> {
  const world = await openWorld({ settings });
  played.sequences += 1;
  try {
    const model: Model = newModel(world, settings.listLagMillis ?? 0);
    await asyncModelRun(() => ({ model, real: model }), steps);
    await settle(model);
  } finally {
    played.faults += world.emulator.faults.injected;
    await world.close();
  }
}
