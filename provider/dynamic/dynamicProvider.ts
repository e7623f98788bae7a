import { message } from "../apify/message";
import { defaultBaseUrl, defaultConsoleUrl } from "../apify/urls";
import { splitHidden } from "../engine/hiddenInputs";
import { check } from "../resources/taskRun/check";
import { create } from "../resources/taskRun/create";
import { deleteTaskRun } from "../resources/taskRun/delete";
import { decideAndExplain } from "../resources/taskRun/decideAndExplain";
import { PartialFailure } from "../resources/partialFailure";
import { read } from "../resources/taskRun/read";
import { refreshNote } from "../resources/taskRun/refreshNote";
import { linksOf } from "../resources/taskRun/state";
import { update } from "../resources/taskRun/update";
import { operationRunner } from "./operationRunner";
import { parseState, serializeState } from "./storedTaskRun";
import { deploymentOfThisProcess } from "./deployment";
import { isOfRemovedValue } from "./unknownValues";
import { toWire } from "./wire";
import type { dynamic } from "@pulumi/pulumi";
import type { HiddenInputs } from "../engine/hiddenInputs";
import type { Settings } from "../resources/config";
import type { Account } from "../resources/account";
import type { TaskRunContext } from "../resources/taskRun/taskRunContext";
import type { CheckedArgs, TaskRunState } from "../resources/taskRun/state";
import type { Problem } from "../resources/validate";
import type { RecordedResource } from "./hostErrors";
import type { StoredState } from "./storedTaskRun";
import type { Deployment } from "./deployment";

type Properties = Record<string, unknown>;

/**
 * Called by the stored provider (`thunk`) to get its methods. It must be synchronous: the host does not make
 * a second, parallel call wait for `configure`.
 */
export function install(target: object, request: dynamic.ConfigureRequest): void {
  const settings: Settings = {
    config: (key) => request.config.get(key),
    environment: (name) => process.env[name],
  };
  Object.assign(target, taskRunProvider(settings, deploymentOfThisProcess()));
}

/** The six operations on a TaskRun, as Pulumi's host calls them. */
export function taskRunProvider(settings: Settings, deployment: Deployment): TaskRunProvider {
  const { ledger } = deployment;
  const runOperation = operationRunner(settings, deployment, { own: { ledger }, recordedBy });
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
        const stored = parseState(id, splitHidden(olds).visible);
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
        return { id: state.run.id, outs: serializeState(state, hidden) };
      }),

    read: (id, props) =>
      runOperation("read", props, async ({ context, visible, hidden }) => {
        const stored = parseState(id, visible);
        const recorded = stored.isRecorded ? usableState(context, stored) : checkedArgs(visible);
        const state = await read(context, id, recorded);
        const note = stored.isRecorded ? refreshNote(stored.state, state) : undefined;
        if (note !== undefined) context.report.line(note);
        // Apify does not know the arguments, so damaged ones stay for a deployment to repair.
        return { id, props: serializeState(state, { ...stored.unusable, ...hidden }) };
      }),

    update: (id, olds, news) =>
      runOperation("update", news, async ({ context, visible, hidden }) => {
        const before = usableState(context, parseState(id, splitHidden(olds).visible));
        const state = await update(context, before, checkedArgs(visible));
        return { outs: serializeState(state, hidden) };
      }),

    delete: (id, props) =>
      runOperation("delete", props, ({ context, visible }) => {
        const stored = parseState(id, visible);
        const state = usableState(context, stored);
        const { onDelete } = stored.unusable;
        if (onDelete === undefined) return deleteTaskRun(context, state);
        // Nothing may be deleted on a guess, so a damaged onDelete does not become the default.
        return deleteTaskRun(context, { ...state, onDelete: onDelete as never });
      }),
  };
}

/** The methods of a dynamic provider, with the arguments that the host always passes. */
interface TaskRunProvider {
  check(olds: Properties, news: Properties): Promise<dynamic.CheckResult>;
  diff(id: string, olds: Properties, news: Properties): Promise<dynamic.DiffResult>;
  create(news: Properties): Promise<dynamic.CreateResult>;
  read(id: string, props: Properties): Promise<dynamic.ReadResult>;
  update(id: string, olds: Properties, news: Properties): Promise<dynamic.UpdateResult>;
  delete(id: string, props: Properties): Promise<void>;
}

/**
 * The engine prints the whole value of the property that a failure names, even 10 MB of input, and `<nil>`
 * if that property is not at the top level. So the property is named in the reason instead.
 */
function checkFailure({ property, reason }: Problem): dynamic.CheckFailure {
  return { property: "", reason: property === "" ? reason : message`\`${property}\` ${reason}` };
}

/** The arguments, typed as what `check` returned for them. */
function checkedArgs(visible: Properties): CheckedArgs {
  return visible as Partial<CheckedArgs> as CheckedArgs;
}

/** The resource to record although its operation failed, so that the run's id is not lost. */
function recordedBy(error: unknown, hidden: HiddenInputs): RecordedResource | undefined {
  if (!(error instanceof PartialFailure)) return undefined;
  return { id: error.state.run.id, properties: serializeState(error.state, hidden) };
}

/** A state that every operation can work with. Damage is reported, and stops no operation. */
function usableState(context: TaskRunContext, { state, problems }: StoredState): TaskRunState {
  const { run } = state;
  if (problems.length > 0) {
    context.report.line(
      message`The stored state of run ${run.id} is damaged: ${problems.join(", ")}. To repair it, run \`pulumi refresh\`, which reads the run again, and then \`pulumi up\`, which stores the rest again.`,
    );
  }
  return { ...state, links: linksOf(run, addressesOf(context, state.account)) };
}

/** The addresses of the resource's account; the default ones if that account is no longer configured. */
function addressesOf(
  context: TaskRunContext,
  account: string | undefined,
): Pick<Account, "baseUrl" | "consoleUrl"> {
  try {
    return context.account(account);
  } catch {
    return { baseUrl: defaultBaseUrl, consoleUrl: defaultConsoleUrl };
  }
}
