import { openWorld } from "../../test/faults/support/world";
import { useVirtualTimers } from "./virtualTimers";
import type { World } from "../../test/faults/support/world";
import type { Candidate } from "./candidates";
import type { Case } from "./cases";
import type { AttemptResult } from "./scriptProcess";

/** The result of one candidate in one case. */
export interface Result {
  readonly candidate: string;
  readonly case: string;
  /** The number of requests that had the fault. */
  readonly hits: number;
  readonly started: number;
  /** The number of runs beyond the one that was wanted. */
  readonly doubleStarts: number;
  /** The number of runs whose ids were neither returned nor printed. */
  readonly lost: number;
  readonly outcome: string;
  /** Whether there is exactly one run, and the user has its result. */
  readonly right: boolean;
}

/** The virtual time after which a candidate without a timeout is stopped. */
const maxWaitMillis = 3_600_000;

/** Runs one case with one candidate, in a world of its own. */
export async function runCase(candidate: Candidate, tested: Case): Promise<Result> {
  const world = await openWorld();
  const restoreTimers = useVirtualTimers(world.time.emulatorClock);
  try {
    const hits = await tested.inject(world.emulator);
    const start = candidate.prepare(world);
    let attempt = start();
    if (tested.process === "is killed and started again") {
      await world.time.run(world.emulator.whenRun(() => true));
      attempt.kill();
      attempt = start();
    }
    const { outcome, shown } = await world.time.run(Promise.race([attempt.result, timeUp(world)]));
    const runs = world.emulator.runs();
    const lost = runs.filter(({ id }) => !shown.includes(id)).length;
    return {
      candidate: candidate.name,
      case: tested.name,
      hits: hits(),
      started: runs.length,
      doubleStarts: Math.max(0, runs.length - 1),
      lost,
      outcome,
      right: outcome === "SUCCEEDED" && runs.length === 1 && lost === 0,
    };
  } finally {
    restoreTimers();
    await world.close();
  }
}

function timeUp({ time }: World): Promise<AttemptResult> {
  return new Promise((resolve) => {
    time.emulatorClock.setTimer(maxWaitMillis, () => {
      resolve({ outcome: "still waiting after an hour", shown: "" });
    });
  });
}
