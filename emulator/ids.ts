import { randomInt } from "node:crypto";

/** Returns numbers in [0, 1), as `Math.random` does. */
export type Random = () => number;

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const idLength = 17;
const resolution = 2 ** 32;

/** The default. Anyone who knows the id of a run can read the run, so ids must not be guessable. */
export const secureRandom: Random = () => randomInt(resolution) / resolution;

/** An id in Apify's format, such as `HG7ML7M8z78YcAPEB`. */
export function makeId(random: Random): string {
  return Array.from({ length: idLength }, () =>
    alphabet.charAt(Math.floor(random() * alphabet.length)),
  ).join("");
}

/** A repeatable series of numbers (mulberry32), which gives tests the same ids in every run. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / resolution;
  };
}
