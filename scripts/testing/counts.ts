/** The numbers of passed and failed tests or checks. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** The counts of a check that passed. */
export const onePassed: Counts = { passed: 1, failed: 0 };
/** The counts of a check that failed. */
export const oneFailed: Counts = { passed: 0, failed: 1 };

/** The sum of counts. */
export function sum(counts: readonly Counts[]): Counts {
  return counts.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }), {
    passed: 0,
    failed: 0,
  });
}

/** The last line of a test run, such as `12 passed, 0 failed`. */
export function verdict({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`;
}

/**
 * The counts of a mocha run, from its exit code and what it reported. A run that crashed, ran no test,
 * or failed without a failed test (an error outside of any test) counts as one failure.
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
