import { seededRandom } from "../../../emulator";

/** Draws numbers and alternatives; the same seed draws the same. */
export interface Draw {
  /** An integer from the first number to the second. */
  between(least: number, most: number): number;
  oneOf<T>(first: T, ...others: readonly T[]): T;
  /** One of a list, which must not be empty. */
  among<T>(all: readonly T[]): T;
}

/** Draws by a seed. */
export function createDraw(seed: number): Draw {
  const random = seededRandom(seed);
  return {
    between: (least, most) => least + Math.floor(random() * (most - least + 1)),
    oneOf: (...all) => all[Math.floor(random() * all.length)] ?? all[0],
    among: (all) => {
      const index = Math.floor(random() * all.length);
      if (index >= all.length) throw new Error("There is nothing to draw from.");
      return all[index] as (typeof all)[number];
    },
  };
}
