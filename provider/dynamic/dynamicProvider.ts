import { systemClock } from "../apify/clock";
import { message } from "../apify/message";
import { defaultBaseUrl, defaultConsoleUrl } from "../apify/urls";
import { check } from "../resources/taskRun/check";
import { create } from "../resources/taskRun/create";
import { deleteTaskRun } from "../resources/taskRun/delete";
import { decideAndExplain } from "../resources/taskRun/decideAndExplain";
import { createSharedReads } from "../resources/sharedReads";
import { createDeploymentLedger } from "../resources/taskRun/deploymentLedger";
import { read } from "../resources/taskRun/read";
import { linksOf } from "../resources/taskRun/state";
import { update } from "../resources/taskRun/update";
import { accountReader } from "../resources/account";
import { joinDeployment, lastingOperation } from "../engine/deployment";
import { inTheHost } from "./hostErrors";
import { isOfIncomplete, ownerOf, requireAllKnown, splitHidden } from "../engine/hidden";
import { refreshNote } from "./refreshNote";
import { rowReporter } from "../engine/rowStatus";
import { fromStored, toStored, usableHidden } from "./stored";
import { withStoredConfig, withWayOut } from "./storedConfig";
import { isUnknown, toWire } from "./wire";
import type { dynamic } from "@pulumi/pulumi";
import type { Message } from "../apify/message";
import type { Account } from "../resources/account";
import type { TaskRunContext } from "../resources/taskRun/context";
import type { Inputs, StateWithoutLinks, TaskRunState } from "../resources/taskRun/state";
import type { Problem } from "../resources/validate";
import type { Settings } from "../resources/config";
import type { RowLog } from "../engine/rowStatus";
import type { Stored } from "./stored";

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
const ledgerOfDeployment = createDeploymentLedger();
const readsOfDeployment = createSharedReads();

/** The methods of a dynamic provider, over the lifecycle that knows nothing of Pulumi. */
export function taskRunProvider(
  settings: Settings,
  log?: RowLog,
  ledger = ledgerOfDeployment,
): Methods {
  const account = accountReader(settings);
  const contextOf = (properties: Properties, signal?: AbortSignal): TaskRunContext => {
    const hidden = usableHidden(properties);
    return {
      clock: systemClock,
      account,
      report: rowReporter(hidden.__urn, log),
      owner: ownerOf(hidden),
      ledger,
      reads: readsOfDeployment,
      ...joinDeployment(),
      signal,
      isUnknown,
      timeLimitSecs: hidden.__timeLimitSecs ?? {},
    };
  };
  /** Whatever became of what is stored, an operation can work with it; its row says what is wrong. */
  const stateOf = (context: TaskRunContext, { state, problems }: Stored): TaskRunState => {
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
        const stored = fromStored(id, olds);
        const state = stateOf(context, stored);
        const { visible } = splitHidden(news);
        const decision = decideAndExplain(context, state, stored.damaged, visible);
        if (decision.action === "rerun") {
          return { changes: true, replaces: decision.reasons.map(({ property }) => property) };
        }
        return { changes: decision.action === "update" };
      }),
    create: (news) =>
      lastingOperation((signal) =>
        inTheHost(news, async () => {
          const { hidden } = splitHidden(news);
          requireAllKnown(hidden);
          const state = await create(contextOf(news, signal), argsOf(news));
          return { id: state.run.id, outs: toStored(state, hidden) };
        }),
      ),
    read: (id, props) =>
      inTheHost(props, async () => {
        const context = contextOf(props);
        const stored = fromStored(id, props);
        const recorded = stored.isRecorded ? stateOf(context, stored) : argsOf(props);
        const state = await withStoredConfig(() => read(context, id, recorded));
        const note = stored.isRecorded ? refreshNote(stored.state, state) : undefined;
        if (note !== undefined) context.report.line(note);
        // What was asked for is not Apify's to know, so what is damaged of that stays for a deployment to mend.
        const kept = { ...stored.unusable, ...splitHidden(props).hidden };
        return { id, props: toStored(state, kept) };
      }),
    update: (id, olds, news) =>
      lastingOperation((signal) =>
        inTheHost(news, async () => {
          const { hidden } = splitHidden(news);
          requireAllKnown(hidden);
          const context = contextOf(news, signal);
          const state = await update(context, stateOf(context, fromStored(id, olds)), argsOf(news));
          return { outs: toStored(state, hidden) };
        }),
      ),
    delete: (id, props) =>
      inTheHost(props, () =>
        withWayOut(usableHidden(props).__urn, () =>
          withStoredConfig(() => {
            const context = contextOf(props);
            const stored = fromStored(id, props);
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

function damageLine({ run }: StateWithoutLinks, problems: readonly string[]): Message {
  return message`What is stored of run ${run.id} is damaged: ${problems.join(", ")}. \`pulumi refresh\` reads the run again, and \`pulumi up\` stores the rest anew.`;
}

/** Where things are; where a resource's account is not configured any more, at Apify itself. */
function addressesOf(
  account: TaskRunContext["account"],
  name: string | undefined,
): Pick<Account, "baseUrl" | "consoleUrl"> {
  try {
    return account(name);
  } catch {
    return { baseUrl: defaultBaseUrl, consoleUrl: defaultConsoleUrl };
  }
}
