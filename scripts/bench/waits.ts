import { openWorld } from "../../test/faults/support/world";

// Counts, in virtual time, the requests for a run that takes a while. They are the same in both shells.

const durationsSecs = [1, 30, 300];

/** Counts the requests of a first `up` for runs of several lengths. */
export async function benchWaits(): Promise<void> {
  for (const secs of durationsSecs) {
    const world = await openWorld();
    try {
      const { emulator, time } = world;
      const stack = world.stack();
      const { done } = stack.up({ prices: { actorTaskId: "janedoe~by-hand" } });
      void emulator
        .whenRun(({ status }) => status === "RUNNING")
        .then(({ id }) => {
          time.emulatorClock.setTimer(secs * 1000, () => {
            emulator.finish(id);
          });
        });
      await time.run(done);
      const names = emulator.requests.map(({ method, pathname }) => `${method} ${pathname}`);
      const polls = names.filter((name) => /^GET \/v2\/actor-runs\/\w+$/.test(name)).length;
      console.log(
        `a run of ${secs} s: ${names.length} requests, ${polls} of them reads of the run`,
      );
    } finally {
      await world.close();
    }
  }
}
