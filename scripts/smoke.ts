import { systemClock } from "../provider/apify/clock";
import { readCommandLine, usage, UsageError } from "./smoke/commandLine";
import { runSmoke } from "./smoke/smoke";
import type { SmokeResult } from "./smoke/smoke";

/** Checks the assumptions of docs/assumptions.md against Apify itself. */
async function main(): Promise<number> {
  const asked = readCommandLine(process.argv.slice(2), process.env);
  if (asked === "help") {
    console.log(usage);
    return 0;
  }
  const interruption = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // A second signal ends the process: it was told what that leaves behind.
    process.once(signal, () => {
      interruption.abort();
    });
  }
  const { signal } = interruption;
  const print = (line: string): void => {
    console.log(line);
  };
  return exitCodeOf(await runSmoke({ ...asked, clock: systemClock, signal, print }));
}

function exitCodeOf({ verdicts, left, ending }: SmokeResult): number {
  const hasFailed = [...verdicts.values()].some(({ outcome }) => outcome === "doesNotHold");
  if (ending === "interrupted") return 130;
  if (ending === "refused") return 2;
  return hasFailed || left.length > 0 ? 1 : 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof UsageError) console.error(`\n${usage}`);
    process.exitCode = 2;
  },
);
