/** The most names that are suggested. */
const mostNames = 3;

/** Names are compared as far as this many characters; no task's is as long. */
const longestName = 200;

/**
 * The names that somebody may have meant, the nearest first: those that differ by a third of their letters
 * at the most. Without a `~` the part after it is compared. Case does not count. Pure.
 */
export function nearNames(meant: string, names: readonly string[]): readonly string[] {
  const compared = (name: string): string =>
    (meant.includes("~") && !meant.startsWith("~") ? name : afterTilde(name))
      .slice(0, longestName)
      .toLowerCase();
  const wanted = compared(meant);
  return names
    .map((name) => ({ name, distance: editDistance(wanted, compared(name)) }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(afterTilde(wanted).length / 3)))
    .sort((one, other) => one.distance - other.distance)
    .slice(0, mostNames)
    .map(({ name }) => name);
}

function afterTilde(name: string): string {
  return name.slice(name.indexOf("~") + 1);
}

/** How many letters have to be put in, taken out or exchanged to make one text of the other. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const exchanged = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(exchanged, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
