import { openWorld, type World } from "../../test/faults/support/world";
import { useVirtualTimers } from "./virtualTimers";
import type { Contender, Ending } from "./contender";
import type { Case } from "./faults";

/** What became of one contender in one case. */
export interface Result {
  readonly contender: string;
  readonly case: string;
  /** How many requests met the fault. */
  readonly hits: number;
  readonly started: number;
  /** Starts beyond the one that was wanted. */
  readonly doubleStarts: number;
  /** Runs that exist, and that the user was not told of by what was returned or printed. */
  readonly lost: number;
  readonly outcome: string;
  /** Whether there is one run, and the user has its result. */
  readonly right: boolean;
}

/** After so long, in virtual time, a contender that has no time-out is given up. */
const patienceMillis = 3_600_000;

/** Plays one case with one contender, in a world of its own. */
export async function play(contender: Contender, played: Case): Promise<Result> {
  const world = await openWorld();
  const restoreTimers = useVirtualTimers(world.time.emulatorClock);
  try {
    const hits = await played.arrange(world.emulator);
    const begin = contender.enter(world);
    let attempt = begin();
    if (played.story === "killed and started again") {
      await world.time.run(world.emulator.whenRun(() => true));
      attempt.kill();
      attempt = begin();
    }
    const ending = await world.time.run(Promise.race([attempt.ending, lostPatience(world)]));
    return judge(world, { contender, played, ending, hits: hits() });
  } finally {
    restoreTimers();
    await world.close();
  }
}

function judge(
  { emulator }: World,
  parts: { contender: Contender; played: Case; ending: Ending; hits: number },
): Result {
  const { contender, played, ending, hits } = parts;
  const runs = emulator.runs();
  const lost = runs.filter(({ id }) => !ending.told.includes(id)).length;
  return {
    contender: contender.name,
    case: played.name,
    hits,
    started: runs.length,
    doubleStarts: Math.max(0, runs.length - 1),
    lost,
    outcome: ending.outcome,
    right: ending.outcome === "SUCCEEDED" && runs.length === 1 && lost === 0,
  };
}

function lostPatience({ time }: World): Promise<Ending> {
  return new Promise((resolve) => {
    time.emulatorClock.setTimer(patienceMillis, () => {
      resolve({ outcome: "still waiting after an hour", told: "" });
    });
  });
}
