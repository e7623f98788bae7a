import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** The bytes that are in use after a garbage collection, outside the heap too. */
export function usedBytes(): number {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
