import { systemClock } from "../apify/clock";
import { resourceReporter } from "./engineLog";
import { ownerOf, resourceNameOf, parseHiddenInputs, splitHidden } from "./hiddenInputs";
import { accountReader } from "../resources/account";
import { hostError } from "./hostErrors";
import { assertAllKnown, isUnknown } from "./unknownValues";
import type { Message } from "../apify/message";
import type { HiddenInputs, SplitProperties } from "./hiddenInputs";
import type { Settings } from "../resources/config";
import type { ResourceContext } from "../resources/resourceContext";
import type { Noun, OperationName } from "../resources/userMessage";
import type { RecordedResource } from "./hostErrors";
import type { Deployment } from "./deployment";

/** What is specific to one kind of resource. */
export interface ResourceKind<Own extends object> {
  /** Added to the `ResourceContext` of each operation. */
  readonly own: Own;
  /** What the resource manages, in error texts. */
  readonly noun: Noun;
  /** Said first when an argument has no value, such as: Nothing was started */
  readonly nothingDone: Message;
  /** The resource to record although its operation failed with this error. Default: none. */
  readonly recordedBy?: (error: unknown, hidden: HiddenInputs) => RecordedResource | undefined;
}

/** What an operation gets: the properties that the host passed, and its context. */
export interface Call<Own extends object> extends SplitProperties {
  readonly context: ResourceContext & Own;
}

/**
 * Runs one operation for the host. Errors are converted to the form that the host understands. The returned
 * promise settles after all reported lines have been shown.
 */
export type RunOperation<Own extends object> = <T>(
  name: OperationName,
  properties: Record<string, unknown>,
  operation: (call: Call<Own>) => T | Promise<T>,
) => Promise<T>;

/** The operations that start, create or change something, or wait: they can be interrupted, and need the value of every argument. */
const acting: ReadonlySet<OperationName> = new Set(["create", "update"]);

/** Creates the function that runs the operations on one kind of resource. */
export function operationRunner<Own extends object>(
  settings: Settings,
  { engine, cancelled, reads }: Deployment,
  { own, noun, nothingDone, recordedBy }: ResourceKind<Own>,
): RunOperation<Own> {
  const account = accountReader(settings);
  return async (name, properties, operation) => {
    const { visible, hidden } = splitHidden(properties);
    const known = parseHiddenInputs(hidden);
    const interruptible = acting.has(name) ? engine.beginOperation() : undefined;
    try {
      if (acting.has(name)) assertAllKnown(hidden, nothingDone);
      const context = {
        clock: systemClock,
        account,
        report: resourceReporter(known.__urn, engine.log),
        owner: ownerOf(known),
        resourceName: resourceNameOf(known),
        reads,
        pollLength: engine.pollLength,
        cancelled,
        signal: interruptible?.signal,
        isUnknown,
        timeLimitSecs: known.__timeLimitSecs ?? {},
        ...own,
      };
      return await operation({ context, visible, hidden });
    } catch (error) {
      const failed = { operation: name, noun, urn: known.__urn };
      throw hostError(error, failed, recordedBy?.(error, hidden));
    } finally {
      await engine.log.flush();
      interruptible?.end();
    }
  };
}
