import type { Emulator } from "../../../emulator";
import type { FakeEngine } from "../../support/engine";
import type { Host, Properties } from "../../support/host";

/** A resource as the state has it. */
export interface Recorded {
  readonly id: string;
  readonly inputs: Properties;
  readonly properties: Properties;
}

/** Does what the engine does for a resource that needs a run: a first one, or one in place of `old`'s. */
export async function deploy(host: Host, args: Properties, old?: Recorded): Promise<Recorded> {
  if (old !== undefined) {
    const { inputs } = await host.check(old.inputs, args);
    const { replaces } = await host.diff(old.id, old.properties, inputs);
    if (replaces.length === 0) throw new Error("Nothing is to be replaced.");
  }
  const { inputs, failures } = await host.check({}, args);
  if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
  return { ...(await host.create(inputs)), inputs };
}

/** Ends the run that a deployment shows to have, if it is still going. */
export async function finishShownRun(emulator: Emulator, engine: FakeEngine): Promise<void> {
  const { text } = await engine.untilLine(/^Run \w+ (started|found)/);
  const runId = text.split(" ")[1] ?? "";
  if (emulator.liveRuns().some(({ id }) => id === runId)) emulator.finish(runId);
}
