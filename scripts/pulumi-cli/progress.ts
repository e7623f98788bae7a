const lineEveryMs = 15_000;
const redrawEveryMs = 1_000;

/** Progress goes to stderr: what the CLI prints on stdout may be read by another program. */
export function say(text: string): void {
  process.stderr.write(`pulumi-cli: ${text}\n`);
}

/** Shows what is going on, and for how long, until the function that it returns is called. */
export function startProgress(what: string): () => void {
  const started = Date.now();
  const redraws = process.stderr.isTTY;
  const show = () => {
    const line = `${what}: ${duration(Date.now() - started)}`;
    if (redraws) process.stderr.write(`\rpulumi-cli: ${line}`);
    else say(line);
  };
  show();
  const timer = setInterval(show, redraws ? redrawEveryMs : lineEveryMs);
  return () => {
    clearInterval(timer);
    show();
    if (redraws) process.stderr.write("\n");
  };
}

/** Shows that long work is still going on, so that nobody takes it for hanging. */
export async function withProgress<T>(what: string, work: () => Promise<T>): Promise<T> {
  const stop = startProgress(what);
  try {
    return await work();
  } finally {
    stop();
  }
}

function duration(millis: number): string {
  const seconds = Math.round(millis / 1_000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}
