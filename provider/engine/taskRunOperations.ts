import { message } from "../apify/message";
import { PartialFailure } from "../resources/partialFailure";
import { agreeingArgs } from "../resources/taskRun/agreeingArgs";
import { check } from "../resources/taskRun/check";
import { create } from "../resources/taskRun/create";
import { decideAndExplain } from "../resources/taskRun/decideAndExplain";
import { deleteTaskRun } from "../resources/taskRun/delete";
import { readImported } from "../resources/taskRun/importRun";
import { read } from "../resources/taskRun/read";
import { refreshNote } from "../resources/taskRun/refreshNote";
import {
  alwaysStored,
  changingOutputs,
  outputNames,
  stableOutputs,
  typedOutputs,
} from "../resources/taskRun/runOutputs";
import { createRunParser } from "../resources/taskRun/runParser";
import { isLive, waitsForRun } from "../resources/taskRun/state";
import { hasTypedOutputs, parseState, serializeState } from "../resources/taskRun/storedState";
import { recordable, update } from "../resources/taskRun/update";
import { usableState } from "../resources/taskRun/usableState";
import { checkFailure } from "./hostErrors";
import { splitHidden } from "./hiddenInputs";
import { operationRunner } from "./operationRunner";
import { isOfRemovedValue, isUnknown, unknownValue } from "./unknownValues";
import { toStored, toWire } from "./wire";
import type { Settings } from "../resources/config";
import type { CheckedArgs, TaskRunState } from "../resources/taskRun/state";
import type { StoredState } from "../resources/taskRun/storedState";
import type { Deployment } from "./deployment";
import type { HiddenInputs } from "./hiddenInputs";
import type { RecordedResource } from "./hostErrors";
import type { Operations, Properties, StateForm } from "./operations";

/** The operations on TaskRuns. */
export function taskRunOperations(
  settings: Settings,
  deployment: Deployment,
  form: StateForm,
): Operations {
  const runOperation = operationRunner(settings, deployment, {
    own: { ledger: deployment.ledger },
    noun: "run",
    nothingDone: message`Nothing was started`,
    recordedBy,
  });

  const runParser = createRunParser();

  function parse(id: string, visible: Properties): StoredState {
    return parseState(id, visible, isUnknown, runParser);
  }

  /** The ids of the runs that this process has read for an import. */
  const importedNow = new Set<string>();

  /** Whether the state of a resource with these hidden inputs holds the outputs that are values of the run. */
  function isTyped({ __runOutputs = form.runOutputs }: HiddenInputs): boolean {
    return __runOutputs === "typed";
  }

  function unknownOutputs(names: readonly string[], hidden: HiddenInputs): Properties {
    const stored = isTyped(hidden) ? names : names.filter((name) => alwaysStored.includes(name));
    return Object.fromEntries(stored.map((name) => [name, unknownValue]));
  }

  /** The properties that Pulumi stores for this state. */
  function toProperties(state: TaskRunState, hidden: HiddenInputs): Properties {
    const outputs = isTyped(hidden) ? typedOutputs(state) : {};
    return toStored({ ...serializeState(state), ...outputs, ...hidden });
  }

  /** The resource to record although its operation failed, so that the run's id is not lost. */
  function recordedBy(error: unknown, hidden: HiddenInputs): RecordedResource | undefined {
    if (!(error instanceof PartialFailure)) return undefined;
    const state = error.state as TaskRunState;
    return { id: state.run.id, properties: toProperties(state, hidden) };
  }

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

    diff: (id, olds, news, oldInputs) =>
      runOperation("diff", news, async ({ context, visible, hidden }) => {
        const stored = parse(id, splitHidden(olds).visible);
        const state = usableState(context, stored);
        const declared = oldInputs?.__imported === true ? undefined : oldInputs;
        const args = await agreeingArgs(context, state, visible, declared);
        const decision = decideAndExplain(context, state, stored.damaged, args);
        if (decision.action === "rerun") {
          return { action: "replace", reasons: decision.reasons.map(({ property }) => property) };
        }
        // An import fails if anything is to be updated; a run that has not ended is waited for by the next deployment.
        const isUpdated = decision.action === "update" && !importedNow.has(id);
        const isStoredAsWanted = form.isOwn(olds) && (hasTypedOutputs(olds) || !isTyped(hidden));
        return isUpdated || !isStoredAsWanted
          ? { action: "update", changed: [] }
          : { action: "nothing" };
      }),

    create: (news) =>
      runOperation("create", news, async ({ context, visible, hidden }) => {
        const state = await create(context, checkedArgs(visible));
        return { id: state.run.id, outs: toProperties(state, hidden) };
      }),

    previewCreate: (news) => ({
      ...unknownOutputs(outputNames, splitHidden(news).hidden),
      ...news,
    }),

    read: (id, props) =>
      runOperation("read", props, async ({ context, visible, hidden }) => {
        const stored = parse(id, visible);
        if (form.imports === "possible" && Object.keys(visible).length === 0) {
          const { state, inputs } = await readImported(context, id);
          importedNow.add(id);
          return {
            id,
            props: toProperties(state, hidden),
            inputs: toWire({ ...inputs, __imported: true }),
          };
        }
        const recorded = stored.isRecorded ? usableState(context, stored) : checkedArgs(visible);
        const state = await read(context, id, recorded);
        const note = stored.isRecorded ? refreshNote(stored.state, state) : undefined;
        if (note !== undefined) context.report.line(note);
        // Apify does not know the arguments, so damaged ones stay for a deployment to repair.
        return { id, props: toProperties(state, { ...stored.unusable, ...hidden }) };
      }),

    update: (id, olds, news) =>
      runOperation("update", news, async ({ context, visible, hidden }) => {
        const before = usableState(context, parse(id, splitHidden(olds).visible));
        const state = await update(context, before, checkedArgs(visible));
        return { outs: toProperties(state, hidden) };
      }),

    previewUpdate: (id, olds, news) => {
      const { visible, hidden } = splitHidden(news);
      const { state, damaged } = parse(id, splitHidden(olds).visible);
      if (damaged.length > 0) return { ...unknownOutputs(outputNames, hidden), ...news };
      const args = checkedArgs(visible);
      const { links } = olds as { readonly links: TaskRunState["links"] };
      const { run, expired } = state;
      const next = { ...recordable({ ...state, links }, args), run, links, expired };
      const known = toProperties(next, hidden);
      if (!isLive(state) || !waitsForRun(args)) return known;
      return { ...known, ...unknownOutputs(changingOutputs, hidden) };
    },

    delete: (id, props) =>
      runOperation("delete", props, ({ context, visible }) => {
        const stored = parse(id, visible);
        const state = usableState(context, stored);
        const { onDelete } = stored.unusable;
        if (onDelete === undefined) return deleteTaskRun(context, state);
        // Nothing may be deleted on a guess, so a damaged onDelete does not become the default.
        return deleteTaskRun(context, { ...state, onDelete: onDelete as never });
      }),

    stable: stableOutputs,
  };
}

/** The arguments, typed as what `check` returned for them. */
function checkedArgs(visible: Properties): CheckedArgs {
  return visible as Partial<CheckedArgs> as CheckedArgs;
}
