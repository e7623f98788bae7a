import { actorEnvironment, secretVariables } from "./environment";
import { runFunction } from "./functionActor";
import { appendLog } from "./log";
import { cannotStartCode, noCode, runProcess } from "./processActor";
import { cancelRunTimers } from "./timers";
import type { EmulatorState } from "../state/emulatorState";
import type { ActorExit, Execution, RunEntry } from "../state/entities";

/** Starts the code of a run's Actor. `onExit` is called once, after this function has returned. */
export function startCode(
  state: EmulatorState,
  entry: RunEntry,
  onExit: (exit: ActorExit) => void,
): Execution {
  const execution = startProgram(state, entry, onExit);
  state.executions.add(execution.ended);
  void execution.ended.then(() => state.executions.delete(execution.ended));
  return execution;
}

/** Kills the code of a run if it is running; its exit then changes nothing about the run. */
export function killCode(entry: RunEntry): void {
  const { execution } = entry;
  entry.execution = undefined;
  execution?.kill();
}

/** Kills the code of a run and cancels its timers, so that nothing changes the run by itself. */
export function haltRun(entry: RunEntry): void {
  cancelRunTimers(entry);
  killCode(entry);
}

function startProgram(
  state: EmulatorState,
  entry: RunEntry,
  onExit: (exit: ActorExit) => void,
): Execution {
  const { program } = entry.build;
  const env = actorEnvironment(state, entry);
  for (const name of secretVariables(entry.build)) {
    appendLog(state, entry, `ACTOR: ${name} is not set: the emulator does not know its secret.`);
  }
  switch (program.kind) {
    case "command":
      return runProcess(state, entry, { command: program.command, env, onExit });
    case "function":
      return runFunction(state, entry, { run: program.run, env, onExit });
    case "manual":
      // A test ends this run; there is no code to stop.
      return noCode;
    case "lost": {
      const { username, name } = entry.actor;
      const problem = `The Actor ${username}~${name} was deleted, or is not declared any more: it cannot run.`;
      appendLog(state, entry, `ACTOR: ${problem}`);
      void Promise.resolve().then(() => {
        onExit({ exitCode: cannotStartCode, problem });
      });
      return noCode;
    }
  }
}
