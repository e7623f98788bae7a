/** Thrown by a check whose assumption does not hold. The message says what was seen. */
class DoesNotHold extends Error {}

/** Thrown by a check that cannot tell. The message says why. */
export class NotChecked extends Error {}

/** Says that the assumption does not hold unless the condition is true. `seen` says what was seen instead. */
export function must(condition: unknown, seen: string): asserts condition {
  if (!condition) throw new DoesNotHold(seen);
}

/** Says that the assumption cannot be checked unless the condition is true. */
export function needs(condition: unknown, why: string): asserts condition {
  if (!condition) throw new NotChecked(why);
}

/** What came of a check, and what was seen or why it could not be checked. */
export interface Verdict {
  readonly outcome: "holds" | "doesNotHold" | "notChecked";
  readonly words: string;
}

/** Runs a check. An error of any other kind proves nothing about Apify. */
export async function verdictOf(run: () => Promise<string>): Promise<Verdict> {
  try {
    return { outcome: "holds", words: await run() };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { outcome: error instanceof DoesNotHold ? "doesNotHold" : "notChecked", words };
  }
}
