import { seededRandom } from "../../../../emulator";

/** Random choices that a seed determines. */
export interface Choices {
  /** An integer from 0 to `limit - 1`. */
  readonly below: (limit: number) => number;
  /** True once in `times` calls. */
  readonly oneIn: (times: number) => boolean;
  readonly among: <Value>(values: readonly [Value, ...Value[]]) => Value;
  /** A list of up to `limit - 1` values. */
  readonly list: <Value>(limit: number, value: () => Value) => Value[];
}

/** Creates the choices of a seed. */
export function seededChoices(seed: number): Choices {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  return {
    below,
    oneIn: (times) => below(times) === 0,
    among: (values) => values[below(values.length)] ?? values[0],
    list: (limit, value) => Array.from({ length: below(limit) }, value),
  };
}
