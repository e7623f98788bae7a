import assert from "node:assert/strict";
import { descendantsOf, isRunning, kill, untilEnded } from "./processes";
import type { CommandResult, RunningCommand } from "./project";

/** How a deployment is ended from outside. */
export type Ending = "^C" | "^C^C" | "SIGTERM" | "SIGKILL";

/** A deployment that was ended. */
export interface Ended extends CommandResult {
  /** How long it took from the signal to the end. */
  readonly millis: number;
}

/**
 * Ends a deployment that waits for nothing but its resources, which it may only be done with where
 * `goOn` lets it. Resolves when all processes that worked for it have ended.
 */
export async function end(
  command: RunningCommand,
  ending: Ending,
  goOn: () => Promise<void> = () => Promise.resolve(),
): Promise<Ended> {
  const processes = descendantsOf(command.pid);
  const began = performance.now();
  switch (ending) {
    case "^C":
    case "SIGTERM":
      command.signal(ending === "^C" ? "SIGINT" : "SIGTERM");
      await command.shows("received; cancelling");
      await goOn();
      break;
    case "^C^C":
      command.signal("SIGINT");
      await command.shows("received; cancelling");
      command.signal("SIGINT");
      break;
    case "SIGKILL":
      command.signal("SIGKILL");
  }
  const result = await command.ended;
  const millis = performance.now() - began;
  try {
    const hosts = processes.filter(isProvider);
    assert.equal(hosts.length, 1, "the CLI has one process of the provider");
    for (const { pid } of hosts) await untilEnded(pid);
  } finally {
    // Pulumi's own language host does not notice that the CLI was killed.
    for (const { pid } of processes) if (isRunning(pid)) kill(pid);
  }
  return { ...result, millis };
}

/** Pulumi's host of dynamic providers, or the native plugin. */
function isProvider({ command }: { command: string }): boolean {
  return command.includes("/cmd/dynamic-provider/") || command.includes("/pulumi-resource-apify");
}
