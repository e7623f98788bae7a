import { systemClock } from "../apify/clock";
import { resourceReporter } from "../engine/engineLog";
import { ownerOf, splitHidden } from "../engine/hiddenInputs";
import { accountReader } from "../resources/account";
import { hostError } from "./hostErrors";
import { parseHiddenInputs } from "./storedState";
import { assertAllKnown, isUnknown } from "./unknownValues";
import type { SplitProperties } from "../engine/hiddenInputs";
import type { Settings } from "../resources/config";
import type { Context } from "../resources/context";
import type { OperationName } from "../resources/userMessage";
import type { Deployment } from "./thisProcess";

/** What an operation works with: the properties that the host hands over, and the rest of the world. */
export interface Call extends SplitProperties {
  readonly context: Context;
}

/**
 * Runs one operation of the host. Its errors get the form that the host understands, and it ends when
 * all that it reported has been shown.
 */
export type RunOperation = <T>(
  name: OperationName,
  properties: Record<string, unknown>,
  operation: (call: Call) => T | Promise<T>,
) => Promise<T>;

/** The operations that start a run or wait for one: they last, and need the value of every argument. */
const waiting: ReadonlySet<OperationName> = new Set(["create", "update"]);

/** Runs the operations of one provider in its deployment. */
export function operationRunner(settings: Settings, deployment: Deployment): RunOperation {
  const { engine, ledger, lookups } = deployment;
  const account = accountReader(settings);
  return async (name, properties, operation) => {
    const { visible, hidden } = splitHidden(properties);
    const known = parseHiddenInputs(hidden);
    const interruptible = waiting.has(name) ? engine.beginOperation() : undefined;
    try {
      if (waiting.has(name)) assertAllKnown(hidden);
      const context = {
        clock: systemClock,
        account,
        report: resourceReporter(known.__urn, engine.log),
        owner: ownerOf(known),
        memory: ledger,
        lookups,
        pace: engine.pace,
        breakOff: engine.cancelled,
        signal: interruptible?.signal,
        isUnknown,
        timeLimitSecs: known.__timeLimitSecs ?? {},
      };
      return await operation({ context, visible, hidden });
    } catch (error) {
      throw hostError(error, { name, urn: known.__urn, hidden });
    } finally {
      await engine.log.flush();
      interruptible?.end();
    }
  };
}
