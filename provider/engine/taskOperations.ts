import { message } from "../apify/message";
import { argumentNames } from "../resources/task/argumentTable";
import { check } from "../resources/task/check";
import { create } from "../resources/task/create";
import { decideAndExplain } from "../resources/task/decideAndExplain";
import { deleteTask } from "../resources/task/delete";
import { read, readUnrecorded } from "../resources/task/read";
import { checkedArgs, factNames, parseState, serializeState } from "../resources/task/storedState";
import { update } from "../resources/task/update";
import { checkFailure } from "./hostErrors";
import { splitHidden } from "./hiddenInputs";
import { operationRunner } from "./operationRunner";
import { isOfRemovedValue, isUnknown, unknownValue } from "./unknownValues";
import { toStored, toWire } from "./wire";
import type { Settings } from "../resources/config";
import type { TaskState } from "../resources/task/state";
import type { Deployment } from "./deployment";
import type { HiddenInputs } from "./hiddenInputs";
import type { Operations, Properties, StateForm } from "./operations";

/** The operations on Tasks. */
export function taskOperations(
  settings: Settings,
  deployment: Deployment,
  form: StateForm,
): Operations {
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
        if (decision.action === "replace") {
          return { action: "replace", reasons: [decision.property] };
        }
        if (decision.action === "nothing" && !form.isOwn(olds)) {
          return { action: "update", changed: [] };
        }
        return decision;
      }),

    create: (news) =>
      runOperation("create", news, async ({ context, visible, hidden }) => {
        const state = await create(context, checkedArgs(visible));
        return { id: state.facts.id, outs: toProperties(state, hidden) };
      }),

    previewCreate: (news) => ({ ...unknownFacts(factNames), ...news }),

    read: (id, props) =>
      runOperation("read", props, async ({ context, visible, hidden }) => {
        const { state, unusable, isRecorded } = parseState(id, visible, isUnknown);
        const now = await (isRecorded ? read : readUnrecorded)(context, state);
        if (now === "gone") return { id: "", props: {} };
        const outs = toProperties(now, { ...unusable, ...hidden });
        return isRecorded || form.imports === "impossible"
          ? { id, props: outs }
          : { id, props: outs, inputs: toWire(now.args) };
      }),

    update: (id, olds, news) =>
      runOperation("update", news, async ({ context, visible, hidden }) => {
        const { state } = parseState(id, splitHidden(olds).visible, isUnknown);
        return { outs: toProperties(await update(context, state, checkedArgs(visible)), hidden) };
      }),

    previewUpdate: (id, olds, news) => {
      const { visible } = splitHidden(news);
      const known = Object.entries(splitHidden(olds).visible).filter(
        ([name]) => !(argumentNames as readonly string[]).includes(name) || name === "name",
      );
      return {
        ...Object.fromEntries(known),
        ...unknownFacts(["modifiedAt", "fingerprint"]),
        ...(visible.name === undefined ? unknownFacts(["name"]) : {}),
        ...news,
      };
    },

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

    stable: ["username", "userId", "actId", "createdAt", "consoleUrl"],
  };
}

/** The properties that Pulumi stores for this state. */
function toProperties(state: TaskState, hidden: HiddenInputs): Properties {
  return toStored({ ...serializeState(state), ...hidden });
}

function unknownFacts(names: readonly string[]): Properties {
  return Object.fromEntries(names.map((name) => [name, unknownValue]));
}
