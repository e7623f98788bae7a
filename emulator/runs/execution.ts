import { actorEnvironment } from "./environment";
import { runFunction } from "./functionActor";
import { runProcess } from "./processActor";
import type { EmulatorState } from "../state/emulatorState";
import type { Execution, RunEntry } from "../state/entities";

/** How an Actor's code ended; `problem` when it could not even start. */
export interface ActorExit {
  readonly exitCode: number;
  readonly problem?: string;
}

/** Starts the code of a run; `ended` is called once, later than this returns. */
export function startCode(
  state: EmulatorState,
  entry: RunEntry,
  ended: (outcome: ActorExit) => void,
): Execution {
  const execution = startProgram(state, entry, ended);
  state.executions.add(execution.ended);
  void execution.ended.then(() => state.executions.delete(execution.ended));
  return execution;
}

function startProgram(
  state: EmulatorState,
  entry: RunEntry,
  ended: (outcome: ActorExit) => void,
): Execution {
  const { program } = entry.build;
  const env = actorEnvironment(state, entry);
  switch (program.kind) {
    case "command":
      return runProcess(state, entry, { command: program.command, env, ended });
    case "function":
      return runFunction(state, entry, { run: program.run, env, ended });
    case "manual":
      // A test ends this run; there is no code that could hear anything.
      return { signal: () => undefined, kill: () => undefined, ended: Promise.resolve() };
  }
}
