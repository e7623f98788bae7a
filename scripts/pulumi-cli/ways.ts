import { oldestGo } from "./recipe";

export type Source = "installed" | "cached" | "installer" | "built";

export interface PulumiCli {
  /** Absolute path of the `pulumi` binary. */
  readonly pulumi: string;
  /** Its folder, to be put first in PATH. */
  readonly binFolder: string;
  readonly version: string;
  readonly source: Source;
}

/** One way to a Pulumi CLI. It rejects with the reason when it is not open on this machine. */
export interface Way {
  readonly source: Source;
  get(): Promise<PulumiCli>;
}

export interface Plan {
  /** Ways that only look for what is there. */
  readonly find: readonly Way[];
  /** Ways that download or build, which two processes must not do at once. */
  readonly make: readonly Way[];
  exclusively(work: () => Promise<PulumiCli>): Promise<PulumiCli>;
}

interface Failure {
  readonly source: Source;
  readonly reason: string;
}

type Outcome = PulumiCli | readonly Failure[];

export async function obtain(plan: Plan): Promise<PulumiCli> {
  const found = await firstOpenWay(plan.find);
  if (isCli(found)) return found;
  return plan.exclusively(async () => {
    // Looks again: another process may have made one while this one waited for its turn.
    const outcome = await firstOpenWay([...plan.find, ...plan.make]);
    if (isCli(outcome)) return outcome;
    throw new Error(explain(outcome));
  });
}

function isCli(outcome: Outcome): outcome is PulumiCli {
  return !Array.isArray(outcome);
}

async function firstOpenWay(ways: readonly Way[]): Promise<Outcome> {
  const failures: Failure[] = [];
  for (const way of ways) {
    try {
      return await way.get();
    } catch (error) {
      failures.push({
        source: way.source,
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }
  return failures;
}

const labels: Readonly<Record<Source, string>> = {
  installed: "installed on this machine",
  cached: "kept from an earlier run",
  installer: "by Pulumi's installer",
  built: "built from its Go modules",
};

function explain(failures: readonly Failure[]): string {
  const reasons = failures.map(
    ({ source, reason }) => `  - ${labels[source]}: ${reason.replaceAll("\n", "\n    ")}`,
  );
  return [
    "No Pulumi CLI could be had. Install one of these and run the same command again:",
    "  - the Pulumi CLI: https://www.pulumi.com/docs/install/",
    `  - or Go ${oldestGo} or newer, by which it is then built`,
    "What was tried:",
    ...reasons,
  ].join("\n");
}
