import type { AsyncCommand } from "fast-check";
import type { Model } from "./model";

/** Something that happens. Its text is the call that makes it, to be copied into the regressions. */
export type Step = AsyncCommand<Model, Model>;

/** How many steps were made. */
export const made = { steps: 0 };

/** Makes a step out of a name, its arguments, what it does and when it can be done. */
export function step(
  [name, ...args]: readonly [string, ...unknown[]],
  act: (model: Model) => unknown,
  check: (model: Readonly<Model>) => boolean = () => true,
): Step {
  const texts = args.map((arg) => (arg === undefined ? "undefined" : JSON.stringify(arg)));
  return {
    toString: () => `${name}(${texts.join(", ")})`,
    check,
    run: async (model) => {
      made.steps += 1;
      // Who goes on within the lag of the lists after a kill cannot see the run: a known limit.
      await model.world.time.advance(model.listLagMillis + 1_000);
      await act(model);
    },
  };
}
