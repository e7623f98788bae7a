import { systemClock } from "../apify/clock";
import { check } from "../lifecycle/check";
import { create } from "../lifecycle/create";
import { deleteTaskRun } from "../lifecycle/delete";
import { diff } from "../lifecycle/diff";
import { createLookups } from "../lifecycle/lookups";
import { createMemory } from "../lifecycle/memory";
import { read } from "../lifecycle/read";
import { update } from "../lifecycle/update";
import { whyReruns } from "../lifecycle/whyReruns";
import { accountReader } from "./account";
import { lastingOperation } from "./deployment";
import { inTheHost } from "./hostErrors";
import { isOfIncomplete, ownerOf, requireAllKnown, splitHidden } from "./hidden";
import { refreshNote } from "./refreshNote";
import { rowReporter } from "./rowStatus";
import { fromStored, toStored } from "./stored";
import { withStoredConfig } from "./storedConfig";
import { isUnknown, toWire } from "./wire";
import type { dynamic } from "@pulumi/pulumi";
import type { Context } from "../lifecycle/context";
import type { Inputs, TaskRunState } from "../lifecycle/state";
import type { Problem } from "../lifecycle/validate";
import type { Settings } from "./config";
import type { HiddenInputs } from "./hidden";
import type { RowLog } from "./rowStatus";

type Properties = Record<string, unknown>;

/**
 * Called by the stored provider (`thunk`): gives it its methods. It must be done when it returns,
 * since the host does not make a second, parallel call wait for `configure`.
 */
export function install(target: object, request: dynamic.ConfigureRequest): void {
  Object.assign(
    target,
    taskRunProvider({
      config: (key) => request.config.get(key),
      environment: (name) => process.env[name],
    }),
  );
}

/** The host makes a provider for each stored text that it meets; what they know belongs to the deployment. */
const memoryOfDeployment = createMemory();
const lookupsOfDeployment = createLookups();

/** The methods of a dynamic provider, over the lifecycle that knows nothing of Pulumi. */
export function taskRunProvider(
  settings: Settings,
  log?: RowLog,
  memory = memoryOfDeployment,
): Methods {
  const account = accountReader(settings);
  const contextOf = (hidden: HiddenInputs, signal?: AbortSignal): Context => ({
    clock: systemClock,
    account,
    report: rowReporter(hidden.__urn, log),
    owner: ownerOf(hidden),
    memory,
    lookups: lookupsOfDeployment,
    signal,
    isUnknown,
    timeLimitSecs: hidden.__timeLimitSecs ?? {},
  });

  return {
    check: (olds, news) =>
      inTheHost(news, async () => {
        const split = splitHidden(news);
        const { visible, hidden } = split;
        const result = await check(contextOf(hidden), splitHidden(olds).visible, visible);
        return {
          inputs: toWire({ ...result.args, ...hidden }),
          failures: result.problems
            .filter((problem) => !isOfIncomplete(problem, split))
            .map(asFailure),
        };
      }),
    diff: (_id, olds, news) =>
      inTheHost(news, () => {
        const state = stateOf(olds);
        const args = argsOf(news);
        const { hidden } = splitHidden(news);
        const moment = { isUnknown, nowMillis: systemClock.epochMillis() };
        const decision = diff(state, args, moment);
        memory.decided(ownerOf(hidden), state, decision);
        if (decision.action === "rerun") {
          for (const reason of decision.because) {
            const why = whyReruns(state, args, reason, moment);
            if (why !== undefined) contextOf(hidden).report.line(why);
          }
          return { changes: true, replaces: [...decision.because] };
        }
        return { changes: decision.action === "update" };
      }),
    create: (news) =>
      lastingOperation((signal) =>
        inTheHost(news, async () => {
          const { hidden } = splitHidden(news);
          requireAllKnown(hidden);
          const state = await create(contextOf(hidden, signal), argsOf(news));
          return { id: state.run.id, outs: toStored(state, hidden) };
        }),
      ),
    read: (id, props) =>
      inTheHost(props, async () => {
        const { hidden } = splitHidden(props);
        const before = fromStored(props);
        const state = await withStoredConfig(() => read(contextOf(hidden), id, before));
        const note = refreshNote(before, state);
        if (note !== undefined) contextOf(hidden).report.line(note);
        return { id, props: toStored(state, hidden) };
      }),
    update: (_id, olds, news) =>
      lastingOperation((signal) =>
        inTheHost(news, async () => {
          const { hidden } = splitHidden(news);
          requireAllKnown(hidden);
          const state = await update(contextOf(hidden, signal), stateOf(olds), argsOf(news));
          return { outs: toStored(state, hidden) };
        }),
      ),
    delete: (_id, props) =>
      inTheHost(props, () =>
        withStoredConfig(() => deleteTaskRun(contextOf(splitHidden(props).hidden), stateOf(props))),
      ),
  };
}

/** The methods, with the properties always given: the host always gives them. */
interface Methods {
  check(olds: Properties, news: Properties): Promise<dynamic.CheckResult>;
  diff(id: string, olds: Properties, news: Properties): Promise<dynamic.DiffResult>;
  create(news: Properties): Promise<dynamic.CreateResult>;
  read(id: string, props: Properties): Promise<dynamic.ReadResult>;
  update(id: string, olds: Properties, news: Properties): Promise<dynamic.UpdateResult>;
  delete(id: string, props: Properties): Promise<void>;
}

/**
 * The engine prints the whole value of a property that a failure names, 10 MB of input too, and
 * `<nil>` for one that is not at the top. So the text names it.
 */
function asFailure({ property, reason }: Problem): dynamic.CheckFailure {
  return { property: "", reason: `${property} ${reason}`.trimStart() };
}

function argsOf(properties: Properties): Inputs {
  return splitHidden(properties).visible as Partial<Inputs> as Inputs;
}

function stateOf(properties: Properties): TaskRunState {
  return fromStored(properties) as TaskRunState;
}
