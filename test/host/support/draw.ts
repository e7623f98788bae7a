import { seededRandom } from "../../../emulator";
import { chosenSeed } from "../../support/figures";

/** What a randomised test draws from; the same seed draws the same. */
export interface Draw {
  readonly seed: number;
  oneOf<T>(choices: readonly T[]): T;
  /** 0 … `below` - 1. */
  index(below: number): number;
  shuffled<T>(items: readonly T[]): T[];
}

/** Draws by the seed of this run. */
export function createDraw(seed = chosenSeed()): Draw {
  const random = seededRandom(seed);
  const index = (below: number): number => Math.floor(random() * below);
  return {
    seed,
    index,
    oneOf: <T>(choices: readonly T[]) => choices[index(choices.length)] as T,
    shuffled: (items) => {
      const rest = [...items];
      return items.map(() => rest.splice(index(rest.length), 1)[0] as (typeof items)[number]);
    },
  };
}
