import { systemClock } from "../apify/clock";
import { message } from "../apify/message";
import { defaultBaseUrl, defaultConsoleUrl } from "../apify/urls";
import { check } from "../resources/taskRun/check";
import { create } from "../resources/taskRun/create";
import { deleteTaskRun } from "../resources/taskRun/delete";
import { diff } from "../resources/taskRun/decide";
import { createLookups } from "../resources/lookups";
import { createMemory } from "../resources/taskRun/deploymentLedger";
import { read } from "../resources/taskRun/read";
import { linksOf } from "../resources/taskRun/state";
import { partArguments } from "../resources/taskRun/storedArguments";
import { update } from "../resources/taskRun/update";
import { containsUnknown } from "../resources/validate";
import { whyReruns } from "../resources/taskRun/whyReruns";
import { accountReader } from "../resources/account";
import { joinDeployment, lastingOperation } from "../engine/engine";
import { inTheHost } from "./hostErrors";
import { isOfIncomplete, ownerOf, assertAllKnown, splitHidden } from "../engine/hiddenInputs";
import { refreshNote } from "../resources/taskRun/refreshNote";
import { rowReporter } from "../engine/engineLog";
import { parseState, serializeState, parseHiddenInputs } from "./storedState";
import { withStoredConfig, withWayOut } from "./storedConfig";
import { isUnknown, toWire } from "./wire";
import type { dynamic } from "@pulumi/pulumi";
import type { Message } from "../apify/message";
import type { Account, Context } from "../resources/context";
import type { Inputs, RecordedState, TaskRunState } from "../resources/taskRun/state";
import type { Problem } from "../resources/validate";
import type { Settings } from "../resources/config";
import type { RowLog } from "../engine/engineLog";
import type { Stored } from "./storedState";

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
  joinDeployment();
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
  const contextOf = (properties: Properties, signal?: AbortSignal): Context => {
    const hidden = parseHiddenInputs(properties);
    return {
      clock: systemClock,
      account,
      report: rowReporter(hidden.__urn, log),
      owner: ownerOf(hidden),
      memory,
      lookups: lookupsOfDeployment,
      ...joinDeployment(),
      signal,
      isUnknown,
      timeLimitSecs: hidden.__timeLimitSecs ?? {},
    };
  };
  /** Whatever became of what is stored, an operation can work with it; its row says what is wrong. */
  const stateOf = (context: Context, { state, problems }: Stored): TaskRunState => {
    if (problems.length > 0) context.report.line(damageLine(state, problems));
    return { ...state, links: linksOf(state.run, addressesOf(account, state.account)) };
  };

  return {
    check: (olds, news) =>
      inTheHost(news, async () => {
        const split = splitHidden(news);
        const { visible, hidden } = split;
        const result = await check(contextOf(news), splitHidden(olds).visible, visible);
        return {
          inputs: toWire({ ...result.args, ...hidden }),
          failures: result.problems
            .filter((problem) => !isOfIncomplete(problem, split))
            .map(asFailure),
        };
      }),
    diff: (id, olds, news) =>
      inTheHost(news, () => {
        const context = contextOf(news);
        const stored = parseState(id, olds);
        const state = stateOf(context, stored);
        // A refresh compares with the inputs that are stored, which may be damaged, too.
        const { usable, unusable } = partArguments(splitHidden(news).visible, isUnknown);
        const args = usable as Partial<Inputs> as Inputs;
        const damaged = [...stored.damaged, ...Object.keys(unusable)];
        const moment = { isUnknown, nowMillis: systemClock.epochMillis(), damaged };
        const decision = diff(state, args, moment);
        // Of what depends on something that it is about to delete first, the engine asks this ahead of its check.
        if (containsUnknown(args, isUnknown)) memory.declared(context.owner, "existed");
        memory.decided(context.owner, state, decision);
        if (decision.action === "rerun") {
          for (const reason of decision.because) {
            const why = whyReruns(state, args, reason, moment);
            if (why !== undefined) context.report.line(why);
          }
          return { changes: true, replaces: [...decision.because] };
        }
        return { changes: decision.action === "update" };
      }),
    create: (news) =>
      lastingOperation((signal) =>
        inTheHost(news, async () => {
          const { hidden } = splitHidden(news);
          assertAllKnown(hidden);
          const state = await create(contextOf(news, signal), argsOf(news));
          return { id: state.run.id, outs: serializeState(state, hidden) };
        }),
      ),
    read: (id, props) =>
      inTheHost(props, async () => {
        const context = contextOf(props);
        const stored = parseState(id, props);
        const recorded = stored.isRecorded ? stateOf(context, stored) : argsOf(props);
        const state = await withStoredConfig(() => read(context, id, recorded));
        const note = stored.isRecorded ? refreshNote(stored.state, state) : undefined;
        if (note !== undefined) context.report.line(note);
        // What was asked for is not Apify's to know, so what is damaged of that stays for a deployment to mend.
        const kept = { ...stored.unusable, ...splitHidden(props).hidden };
        return { id, props: serializeState(state, kept) };
      }),
    update: (id, olds, news) =>
      lastingOperation((signal) =>
        inTheHost(news, async () => {
          const { hidden } = splitHidden(news);
          assertAllKnown(hidden);
          const context = contextOf(news, signal);
          const state = await update(context, stateOf(context, parseState(id, olds)), argsOf(news));
          return { outs: serializeState(state, hidden) };
        }),
      ),
    delete: (id, props) =>
      inTheHost(props, () =>
        withWayOut(parseHiddenInputs(props).__urn, () =>
          withStoredConfig(() => {
            const context = contextOf(props);
            const stored = parseState(id, props);
            const { onDelete } = stored.unusable;
            const state = stateOf(context, stored);
            // What is to be deleted, and how, is not for a guess.
            return deleteTaskRun(
              context,
              onDelete === undefined ? state : { ...state, onDelete: onDelete as never },
            );
          }),
        ),
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
  return { property: "", reason: property === "" ? reason : message`${property} ${reason}` };
}

function argsOf(properties: Properties): Inputs {
  return splitHidden(properties).visible as Partial<Inputs> as Inputs;
}

function damageLine({ run }: RecordedState, problems: readonly string[]): Message {
  return message`What is stored of run ${run.id} is damaged: ${problems.join(", ")}. \`pulumi refresh\` reads the run again, and \`pulumi up\` stores the rest anew.`;
}

/** Where things are; where a resource's account is not configured any more, at Apify itself. */
function addressesOf(
  account: Context["account"],
  name: string | undefined,
): Pick<Account, "baseUrl" | "consoleUrl"> {
  try {
    return account(name);
  } catch {
    return { baseUrl: defaultBaseUrl, consoleUrl: defaultConsoleUrl };
  }
}
