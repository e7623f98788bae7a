/** The first index in a sorted list at which `isBefore` no longer holds, by binary search. */
export function lowerBound<Entry>(
  sorted: readonly Entry[],
  isBefore: (entry: Entry) => boolean,
): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(sorted[middle] as Entry)) low = middle + 1;
    else high = middle;
  }
  return low;
}
