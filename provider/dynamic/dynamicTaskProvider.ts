import { splitHidden } from "../engine/hiddenInputs";
import { message } from "../apify/message";
import { check } from "../resources/task/check";
import { create } from "../resources/task/create";
import { decideAndExplain } from "../resources/task/decideAndExplain";
import { deleteTask } from "../resources/task/delete";
import { read, readUnrecorded } from "../resources/task/read";
import { checkedArgs, parseState, serializeState } from "../resources/task/storedState";
import { update } from "../resources/task/update";
import { deploymentOfThisProcess } from "./deployment";
import { checkFailure } from "./hostErrors";
import { operationRunner } from "./operationRunner";
import { settingsOf } from "./providerMethods";
import { isOfRemovedValue, isUnknown } from "./unknownValues";
import { toStored, toWire } from "./wire";
import type { dynamic } from "@pulumi/pulumi";
import type { HiddenInputs } from "../engine/hiddenInputs";
import type { Settings } from "../resources/config";
import type { TaskState } from "../resources/task/state";
import type { Deployment } from "./deployment";
import type { ProviderMethods } from "./providerMethods";

type Properties = Record<string, unknown>;

/** Called by the thunk of Tasks to get the provider's methods. It must be synchronous, like that of TaskRuns. */
export function install(target: object, request: dynamic.ConfigureRequest): void {
  Object.assign(target, taskProvider(settingsOf(request), deploymentOfThisProcess()));
}

/** The six operations on a Task, as Pulumi's host calls them. */
export function taskProvider(settings: Settings, deployment: Deployment): ProviderMethods {
  const runOperation = operationRunner(settings, deployment, {
    own: { ledger: deployment.taskLedger },
    noun: "task",
    nothingDone: message`The task was not touched`,
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
      runOperation("diff", news, async ({ context, visible }) => {
        const { state, unusable } = parseState(id, splitHidden(olds).visible, isUnknown);
        const damage = Object.keys(unusable).length > 0 ? "damaged" : "intact";
        const decision = await decideAndExplain(context, state, checkedArgs(visible), damage);
        return decision.action === "replace"
          ? { changes: true, replaces: [decision.property] }
          : { changes: decision.action === "update" };
      }),

    create: (news) =>
      runOperation("create", news, async ({ context, visible, hidden }) => {
        const state = await create(context, checkedArgs(visible));
        return { id: state.facts.id, outs: toProperties(state, hidden) };
      }),

    read: (id, props) =>
      runOperation("read", props, async ({ context, visible, hidden }) => {
        const { state, unusable, isRecorded } = parseState(id, visible, isUnknown);
        const now = await (isRecorded ? read : readUnrecorded)(context, state);
        if (now === "gone") return { id: "", props: {} };
        return { id, props: toProperties(now, { ...unusable, ...hidden }) };
      }),

    update: (id, olds, news) =>
      runOperation("update", news, async ({ context, visible, hidden }) => {
        const { state } = parseState(id, splitHidden(olds).visible, isUnknown);
        return { outs: toProperties(await update(context, state, checkedArgs(visible)), hidden) };
      }),

    delete: (id, props) =>
      runOperation("delete", props, ({ context, visible }) => {
        const { state, unusable } = parseState(id, visible, isUnknown);
        const { onDelete } = unusable;
        if (onDelete === undefined) return deleteTask(context, state);
        // Nothing may be deleted on a guess, so a damaged onDelete does not become the default.
        return deleteTask(context, {
          ...state,
          args: { ...state.args, onDelete: onDelete as never },
        });
      }),
  };
}

/** The properties that Pulumi stores for this state. */
function toProperties(state: TaskState, hidden: HiddenInputs): Properties {
  return toStored({ ...serializeState(state), ...hidden });
}
