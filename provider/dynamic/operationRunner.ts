import { systemClock } from "../apify/clock";
import { resourceReporter } from "../engine/engineLog";
import { ownerOf, parseHiddenInputs, splitHidden } from "../engine/hiddenInputs";
import { accountReader } from "../resources/account";
import { hostError } from "./hostErrors";
import { assertAllKnown, isUnknown } from "./unknownValues";
import type { HiddenInputs, SplitProperties } from "../engine/hiddenInputs";
import type { Settings } from "../resources/config";
import type { ResourceContext } from "../resources/resourceContext";
import type { OperationName } from "../resources/userMessage";
import type { RecordedResource } from "./hostErrors";
import type { Deployment } from "./deployment";

/** What the operations on one kind of resource have that those on others lack. */
export interface ResourceKind<Own extends object> {
  /** What they find in their context beyond a `ResourceContext`. */
  readonly own: Own;
  /** What the state has to record although an operation failed with this error; `undefined` for nothing. */
  readonly recordedBy: (error: unknown, hidden: HiddenInputs) => RecordedResource | undefined;
}

/** What an operation works with: the properties that the host handed over, and the rest of the world. */
export interface Call<Own extends object> extends SplitProperties {
  readonly context: ResourceContext & Own;
}

/**
 * Runs one operation of the host. Its errors get the form that the host understands, and it ends when
 * all that it reported has been shown.
 */
export type RunOperation<Own extends object> = <T>(
  name: OperationName,
  properties: Record<string, unknown>,
  operation: (call: Call<Own>) => T | Promise<T>,
) => Promise<T>;

/** The operations that start a run or wait for one: they last, and need the value of every argument. */
const waiting: ReadonlySet<OperationName> = new Set(["create", "update"]);

/** Returns what runs the operations on one kind of resource. */
export function operationRunner<Own extends object>(
  settings: Settings,
  { engine, reads }: Deployment,
  { own, recordedBy }: ResourceKind<Own>,
): RunOperation<Own> {
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
        reads,
        pace: engine.pace,
        cancelled: engine.cancelled,
        signal: interruptible?.signal,
        isUnknown,
        timeLimitSecs: known.__timeLimitSecs ?? {},
        ...own,
      };
      return await operation({ context, visible, hidden });
    } catch (error) {
      const failed = { operation: name, urn: known.__urn };
      throw hostError(error, failed, recordedBy(error, hidden));
    } finally {
      await engine.log.flush();
      interruptible?.end();
    }
  };
}
