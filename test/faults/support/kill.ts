import { count } from "./describeFaults";
import type { Command } from "./stack";
import type { World } from "./world";

/** How much of a request is done when a process is killed. */
export type KillMoment = "before the work" | "after the work";

/** Kills the process of a command when its time has come; gives what calls that off. */
export type Killer = (world: World, kill: () => void) => () => void;

/** Kills at the n-th request from now on, whoever sends it. */
export function atRequest(request: number, moment: KillMoment): Killer {
  return ({ emulator }, kill) => {
    let seen = 0;
    return emulator.use(async (_request, exchange) => {
      if (++seen !== request) return "pass";
      if (moment === "after the work") await exchange.serve();
      kill();
      return "handled";
    });
  };
}

/** Kills after some time. */
export function afterMillis(millis: number): Killer {
  return ({ time }, kill) => time.emulatorClock.setTimer(millis, kill);
}

/** Waits until a command has ended or was killed, and says which. */
export async function endOf(
  world: World,
  { process, done }: Command,
  killer: Killer,
): Promise<"killed" | "ended"> {
  const killed = new Promise<"killed">((resolve) => {
    const spare = killer(world, () => {
      process.kill();
      count("faults");
      resolve("killed");
    });
    void done.then(spare);
  });
  return world.time.run(Promise.race([killed, done.then(() => "ended" as const)]));
}
