import type { Emulator } from "../../../emulator";
import type { FakeEngine } from "../../support/engine";
import type { Host, Recorded, Registration } from "../../support/host";

/** Does what the engine does for a resource: a new one, or one of which the state has `old`. */
export async function deploy(host: Host, wanted: Registration, old?: Recorded): Promise<Recorded> {
  if (old !== undefined) {
    const { inputs } = await host.check(old.inputs, wanted);
    const { changes, replaces } = await host.diff(old, { ...wanted, inputs });
    if (replaces.length === 0) {
      return changes === "none" ? old : host.update(old, { ...wanted, inputs });
    }
  }
  const { inputs, failures } = await host.check({}, wanted);
  if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
  return host.create({ ...wanted, inputs });
}

/** Ends the run that a deployment shows to have, if it is still going. */
export async function finishShownRun(emulator: Emulator, engine: FakeEngine): Promise<void> {
  const shown = /^(?:Run (\w+) (?:started|found)|Resuming the wait for run (\w+))/;
  const { text } = await engine.untilLine(shown);
  const [, own, resumed] = shown.exec(text) ?? [];
  const runId = own ?? resumed;
  if (emulator.liveRuns().some(({ id }) => id === runId)) emulator.finish(String(runId));
}
