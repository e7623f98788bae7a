import { input, task, type Contender, type Ending } from "./contender";

/** `create` of this package and all below it, in a stack that is treated as Pulumi's engine does. */
export const pulumiApify: Contender = {
  name: "pulumi-apify",
  enter(world) {
    const stack = world.stack();
    return () => {
      const { process, done } = stack.up({ prices: { actorTaskId: task, input } });
      const ending = done.then((errors): Ending => {
        const recorded = stack.state.get("prices")?.outputs.run;
        const told = [...world.shown, ...world.recorded].join("\n");
        return { outcome: errors.prices?.message ?? recorded?.status ?? "nothing", told };
      });
      return {
        ending,
        kill: () => {
          process.kill();
        },
      };
    };
  },
};
