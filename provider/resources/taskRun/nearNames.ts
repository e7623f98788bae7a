/** Maximum number of suggested names. */
const mostNames = 3;

/** Only this many characters of a name are compared; no task has a longer name. */
const longestName = 200;

/**
 * The names that a misspelled name may mean, nearest first: names that differ in at most a third of the
 * letters. If `meant` has no username, only the part after the `~` is compared. Case does not matter. Pure.
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

/** How many letters to insert, delete or replace to turn one text into the other. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
