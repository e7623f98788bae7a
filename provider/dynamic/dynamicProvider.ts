import { splitHidden } from "../engine/hiddenInputs";
import { message } from "../apify/message";
import { check } from "../resources/taskRun/check";
import { create } from "../resources/taskRun/create";
import { deleteTaskRun } from "../resources/taskRun/delete";
import { decideAndExplain } from "../resources/taskRun/decideAndExplain";
import { PartialFailure } from "../resources/partialFailure";
import { read } from "../resources/taskRun/read";
import { refreshNote } from "../resources/taskRun/refreshNote";
import { update } from "../resources/taskRun/update";
import { operationRunner } from "./operationRunner";
import { parseState, serializeState } from "../resources/taskRun/storedState";
import { usableState } from "../resources/taskRun/usableState";
import { checkFailure } from "./hostErrors";
import { deploymentOfThisProcess } from "./deployment";
import { settingsOf } from "./providerMethods";
import { isOfRemovedValue, isUnknown } from "./unknownValues";
import { toStored, toWire } from "./wire";
import type { dynamic } from "@pulumi/pulumi";
import type { HiddenInputs } from "../engine/hiddenInputs";
import type { Settings } from "../resources/config";
import type { CheckedArgs, TaskRunState } from "../resources/taskRun/state";
import type { RecordedResource } from "./hostErrors";
import type { Deployment } from "./deployment";
import type { ProviderMethods } from "./providerMethods";

type Properties = Record<string, unknown>;

/**
 * Called by the thunk to get the provider's methods. It must be synchronous: the host does not make
 * a second, parallel call wait for `configure`.
 */
export function install(target: object, request: dynamic.ConfigureRequest): void {
  Object.assign(target, taskRunProvider(settingsOf(request), deploymentOfThisProcess()));
}

/** The six operations on a TaskRun, as Pulumi's host calls them. */
export function taskRunProvider(settings: Settings, deployment: Deployment): ProviderMethods {
  const { ledger } = deployment;
  const runOperation = operationRunner(settings, deployment, {
    own: { ledger },
    noun: "run",
    nothingDone: message`Nothing was started`,
    recordedBy,
  });
  return {
    check: (olds, news) =>
      runOperation("check", news, async ({ context, visible, hidden }) => {
        const { args, problems } = await check(context, splitHidden(olds).visible, visible);
        return {
          inputs: toWire({ ...args, ...hidden }),
          failures: problems
            .filter((problem) => !isOfRemovedValue(problem, { visible, hidden }))
            .map(checkFailure),
        };
      }),

    diff: (id, olds, news) =>
      runOperation("diff", news, ({ context, visible }) => {
        const stored = parseState(id, splitHidden(olds).visible, isUnknown);
        const state = usableState(context, stored);
        const decision = decideAndExplain(context, state, stored.damaged, visible);
        if (decision.action === "rerun") {
          return { changes: true, replaces: decision.reasons.map(({ property }) => property) };
        }
        return { changes: decision.action === "update" };
      }),

    create: (news) =>
      runOperation("create", news, async ({ context, visible, hidden }) => {
        const state = await create(context, checkedArgs(visible));
        return { id: state.run.id, outs: toProperties(state, hidden) };
      }),

    read: (id, props) =>
      runOperation("read", props, async ({ context, visible, hidden }) => {
        const stored = parseState(id, visible, isUnknown);
        const recorded = stored.isRecorded ? usableState(context, stored) : checkedArgs(visible);
        const state = await read(context, id, recorded);
        const note = stored.isRecorded ? refreshNote(stored.state, state) : undefined;
        if (note !== undefined) context.report.line(note);
        // Apify does not know the arguments, so damaged ones stay for a deployment to repair.
        return { id, props: toProperties(state, { ...stored.unusable, ...hidden }) };
      }),

    update: (id, olds, news) =>
      runOperation("update", news, async ({ context, visible, hidden }) => {
        const before = usableState(context, parseState(id, splitHidden(olds).visible, isUnknown));
        const state = await update(context, before, checkedArgs(visible));
        return { outs: toProperties(state, hidden) };
      }),

    delete: (id, props) =>
      runOperation("delete", props, ({ context, visible }) => {
        const stored = parseState(id, visible, isUnknown);
        const state = usableState(context, stored);
        const { onDelete } = stored.unusable;
        if (onDelete === undefined) return deleteTaskRun(context, state);
        // Nothing may be deleted on a guess, so a damaged onDelete does not become the default.
        return deleteTaskRun(context, { ...state, onDelete: onDelete as never });
      }),
  };
}

/** The arguments, typed as what `check` returned for them. */
function checkedArgs(visible: Properties): CheckedArgs {
  return visible as Partial<CheckedArgs> as CheckedArgs;
}

/** The properties that Pulumi stores for this state. */
function toProperties(state: TaskRunState, hidden: HiddenInputs): Properties {
  return toStored({ ...serializeState(state), ...hidden });
}

/** The resource to record although its operation failed, so that the run's id is not lost. */
function recordedBy(error: unknown, hidden: HiddenInputs): RecordedResource | undefined {
  if (!(error instanceof PartialFailure)) return undefined;
  const state = error.state as TaskRunState;
  return { id: state.run.id, properties: toProperties(state, hidden) };
}
