const lineEveryMs = 15_000;
const redrawEveryMs = 1_000;

/** Progress goes to stderr: what the CLI prints on stdout may be read by another program. */
export function say(text: string): void {
  process.stderr.write(`pulumi-cli: ${text}\n`);
}

/** Shows that long work is still going on, so that nobody takes it for hanging. */
export async function withProgress<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  const line = () => `${what}: ${Math.round((Date.now() - started) / 1_000)} s`;
  const redraws = process.stderr.isTTY;
  const timer = setInterval(
    () => {
      if (redraws) process.stderr.write(`\rpulumi-cli: ${line()}`);
      else say(line());
    },
    redraws ? redrawEveryMs : lineEveryMs,
  );
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (redraws) process.stderr.write("\r");
    say(line());
  }
}
