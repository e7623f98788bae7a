import { isTerminal } from "../../../../emulator";
import { owesTakeOver } from "./runOrigins";
import { isFaulty } from "./model";
import { step } from "./step";
import type { Injection, Run } from "../../../../emulator";
import type { Model } from "./model";
import type { Step } from "./step";

/** The n-th run that is under way ends, or comes into some other status. */
export function runEnds(n: number, status: string): Step {
  return step(
    ["runEnds", n, status],
    (model) => {
      const run = nth(liveRuns(model), n);
      if (run !== undefined) model.world.emulator.finish(run.id, { status });
    },
    (model) => liveRuns(model).length > 0,
  );
}

/** Somebody resurrects the n-th run that has ended. */
export function runResurrected(n: number): Step {
  const candidates = (model: Model): readonly Run[] =>
    model.world.emulator.runs().filter(({ id, status }) => {
      const origin = model.origins.get(id);
      // It would take the place of a run that the next `up` has to look for.
      const isOwed = origin !== undefined && owesTakeOver(model, origin.stack, origin.resource);
      return isTerminal(status) && !isOwed;
    });
  return step(
    ["runResurrected", n],
    (model) => {
      const run = nth(candidates(model), n);
      if (run === undefined) return;
      model.world.emulator.setStatus(run.id, {
        status: "RUNNING",
        finishedAt: null,
        exitCode: null,
      });
    },
    (model) => candidates(model).length > 0,
  );
}

/** Somebody deletes the n-th run, or it is too old to be kept. */
export function runDeleted(n: number): Step {
  return step(
    ["runDeleted", n],
    ({ world: { emulator } }) => {
      const run = nth(emulator.runs(), n);
      if (run !== undefined) emulator.expireRun(run.id);
    },
    ({ world: { emulator } }) => emulator.runs().length > 0,
  );
}

/** Something begins to go wrong with requests. */
export function faultOccurs(injection: Injection & { readonly times: number }): Step {
  return step(["faultOccurs", injection], ({ world, faults }) => {
    const injected = world.emulator.faults.inject(injection);
    faults.push({ left: () => injection.times - injected.hits });
  });
}

/** Nothing goes wrong any more. */
export function faultsPass(): Step {
  return step(["faultsPass"], clearFaults, isFaulty);
}

/** Takes all faults out. */
export function clearFaults({ world, faults }: Model): void {
  world.emulator.faults.clear();
  faults.length = 0;
}

/** Time goes by. */
export function timePasses(secs: number): Step {
  return step(["timePasses", secs], ({ world }) => world.time.advance(secs * 1_000));
}

function liveRuns({ world }: Model): readonly Run[] {
  return world.emulator.liveRuns();
}

function nth<T>(all: readonly T[], n: number): T | undefined {
  return all[n % all.length];
}
