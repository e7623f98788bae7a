/** The middle one of these values; of two in the middle, the greater. NaN if there are none. */
export function median(values: readonly number[] = []): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
