/**
 * Resolves with a promise, or after a time on this machine's clock: an emulator that closes must not
 * wait for ever, and a clock of a test's own may stand still.
 */
export async function waitAtMost(millis: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeIsUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, millis);
  });
  await Promise.race([promise, timeIsUp]);
  clearTimeout(timer);
}
