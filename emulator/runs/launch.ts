import type { Platform } from "../platform";
import type { Execution, RunEntry } from "../state/entities";
import { actorEnvironment } from "./environment";
import { runFunction } from "./functionActor";
import { runProcess } from "./processActor";

/** How an Actor's code ended; `problem` when it could not even start. */
export interface Outcome {
  readonly exitCode: number;
  readonly problem?: string;
}

/** Starts the code of a run; `ended` is called once, later than this returns. */
export function launch(
  platform: Platform,
  entry: RunEntry,
  ended: (outcome: Outcome) => void,
): Execution {
  const execution = execute(platform, entry, ended);
  platform.executing.add(execution.ended);
  void execution.ended.then(() => platform.executing.delete(execution.ended));
  return execution;
}

function execute(
  platform: Platform,
  entry: RunEntry,
  ended: (outcome: Outcome) => void,
): Execution {
  const { program } = entry.build;
  const env = actorEnvironment(platform, entry);
  switch (program.kind) {
    case "command":
      return runProcess(platform, entry, { command: program.command, env, ended });
    case "function":
      return runFunction(platform, entry, { run: program.run, env, ended });
    case "manual":
      // A test ends this run; there is no code that could hear anything.
      return { signal: () => undefined, kill: () => undefined, ended: Promise.resolve() };
  }
}
