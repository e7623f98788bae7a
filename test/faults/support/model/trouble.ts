import type { Command } from "../stack";
import type { World } from "../world";

/** What happens to the process of a command while it works. */
export type Trouble =
  | { readonly how: "kill" | "interrupt"; readonly afterMillis: number }
  | {
      readonly how: "kill" | "interrupt";
      readonly atRequest: number;
      readonly moment: "before the work" | "after the work";
    };

/** How a command ended. */
export interface Ending {
  readonly how: "ended" | "killed";
  readonly errors: Readonly<Record<string, Error>>;
  readonly millis: number;
}

/** What happens at Apify while a command works: the runs end. */
export interface Meanwhile {
  readonly afterMillis: number;
  readonly status: string;
}

/** Lets a command work until it has ended or was killed. */
export async function untilEnded(
  world: World,
  command: Command,
  trouble: Trouble | undefined,
): Promise<Ending> {
  const clock = world.time.emulatorClock;
  const began = clock.now();
  const ended = command.done.then((errors) => ({ how: "ended", errors }) as const);
  const struck = strike(world, command, trouble);
  const ending = await Promise.race([ended, struck.killed]);
  struck.cancel();
  return { ...ending, millis: clock.now() - began };
}

interface Struck {
  readonly killed: Promise<Omit<Ending, "millis">>;
  readonly cancel: () => void;
}

function strike(world: World, { process }: Command, trouble: Trouble | undefined): Struck {
  if (trouble === undefined)
    return { killed: new Promise(() => undefined), cancel: () => undefined };
  let cancel = (): void => undefined;
  const killed = new Promise<Omit<Ending, "millis">>((resolve) => {
    const act = (): void => {
      process[trouble.how]();
      if (trouble.how === "kill") resolve({ how: "killed", errors: {} });
    };
    if ("afterMillis" in trouble) {
      cancel = world.time.emulatorClock.setTimer(trouble.afterMillis, act);
      return;
    }
    let seen = 0;
    // Those of another command that is under way at the same time do not count.
    const mine = `process-${process.number} `;
    cancel = world.emulator.use(async ({ headers }, exchange) => {
      if (!`${headers["user-agent"]} `.includes(mine)) return "pass";
      if (++seen !== trouble.atRequest) return "pass";
      const answer = trouble.moment === "after the work" ? await exchange.serve() : undefined;
      act();
      if (trouble.how === "kill") return "handled";
      if (answer === undefined) return "pass";
      exchange.send(answer);
      return "handled";
    });
  });
  return {
    killed,
    cancel: () => {
      cancel();
    },
  };
}

/** Ends the runs that are under way after some time; call what it returns to call that off. */
export function endMeanwhile(world: World, meanwhile: Meanwhile | undefined): () => void {
  if (meanwhile === undefined) return () => undefined;
  const { emulator, time } = world;
  return time.emulatorClock.setTimer(meanwhile.afterMillis, () => {
    for (const { id } of emulator.liveRuns()) emulator.finish(id, { status: meanwhile.status });
  });
}
