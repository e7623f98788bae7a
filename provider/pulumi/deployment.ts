import { engineAddress } from "./engineAddress";
import { watchEngine } from "./engineWatch";
import { createInterruption } from "./interruption";

const interruption = createInterruption(process);

let isWatching = false;

/**
 * Runs an operation that may last as long as a run does, so that it ends with the deployment: in
 * order when the engine asks, at once when the engine is gone, since then there is nobody to answer.
 * The next deployment finds the run by its key.
 */
export function lastingOperation<T>(operation: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const engine = engineAddress(process.argv[2]);
  if (!isWatching && engine !== undefined) {
    isWatching = true;
    watchEngine(engine, () => {
      process.exit(1);
    });
  }
  return interruption.during(operation);
}
