import { createPace } from "../run/pace";
import { cancelSignal } from "./breakOff";
import { engineAddress } from "./engineAddress";
import { watchEngine } from "./engineConnection";
import { createInterruption } from "./cancellation";
import { detectAudience } from "./terminal";
import type { Pace } from "../run/pace";

/** The deployment that this process works for. */
export interface Deployment {
  readonly pace: Pace;
  /** Aborted at the first ^C. */
  readonly breakOff: AbortSignal;
}

const interruption = createInterruption(process);

let ofThisProcess: Deployment | undefined;

/**
 * The deployment that Pulumi's host works for. From the first call on this process ends when the engine
 * is gone, in a preview, too: there is nobody to answer, and the host itself does not notice.
 */
export function joinDeployment(): Deployment {
  return (ofThisProcess ??= join());
}

function join(): Deployment {
  const engine = engineAddress(process.argv[2]);
  if (engine !== undefined) {
    watchEngine(engine, () => {
      process.exit(1);
    });
  }
  return { pace: createPace(detectAudience()), breakOff: cancelSignal() };
}

/**
 * Runs an operation that may last as long as a run does, so that it ends in order when the engine asks.
 * The next deployment finds the run by its key.
 */
export function lastingOperation<T>(operation: (signal: AbortSignal) => Promise<T>): Promise<T> {
  joinDeployment();
  return interruption.during(operation);
}
