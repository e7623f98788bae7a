export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

export const onePassed: Counts = { passed: 1, failed: 0 };
export const oneFailed: Counts = { passed: 0, failed: 1 };

export function sum(counts: readonly Counts[]): Counts {
  return counts.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }), {
    passed: 0,
    failed: 0,
  });
}

/** The last line of a test run. */
export function verdict({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`;
}

/**
 * What a mocha run counts for. A run that died, ran nothing, or failed without a failed test (an
 * error outside of any test) counts as one failure: it must not look like success.
 */
export function mochaCounts(exitCode: number, reported: string): Counts {
  const counts = sum(
    reported
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Counts),
  );
  const ranNothing = counts.passed + counts.failed === 0;
  const hiddenFailure = exitCode !== 0 && counts.failed === 0;
  return ranNothing || hiddenFailure ? { ...counts, failed: 1 } : counts;
}
