import { createTaskLedger } from "../../../provider/resources/task/taskLedger";
import { createSharedReads } from "../../../provider/resources/sharedReads";
import { createDeploymentLedger } from "../../../provider/resources/taskRun/deploymentLedger";
import { createPollLength } from "../../../provider/run/pollLength";
import { taskRunProvider } from "../../../provider/dynamic/dynamicProvider";
import { taskProvider } from "../../../provider/dynamic/dynamicTaskProvider";
import { startEmulator } from "../../../emulator";
import { twoTasks } from "../../support/twoTasks";
import type { Emulator } from "../../../emulator";
import type { Deployment } from "../../../provider/dynamic/deployment";
import type { EngineLog } from "../../../provider/engine/engineLog";
import type { Settings } from "../../../provider/resources/config";

type Provider = ReturnType<typeof taskRunProvider>;
type Properties = Record<string, unknown>;

/** The provider as a test sees it: Pulumi types what is stored as `any`. */
export interface TestProvider {
  check(olds: Properties, news: Properties): ReturnType<Provider["check"]>;
  diff(id: string, olds: Properties, news: Properties): ReturnType<Provider["diff"]>;
  create(news: Properties): Promise<{ id: string; outs: Properties }>;
  read(id: string, props: Properties): Promise<{ id: string; props: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
  delete(id: string, props: Properties): Promise<void>;
}

/** Stands on Pulumi's wire for a value that is not known yet. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const hidden = { __provider: "text", __urn: "urn" };
/** A task whose runs end at once, with the exit code of their input. */
export const args = { actorTaskId: "janedoe~scrape", ...hidden };
/** A task whose runs go on until a test ends them, and that nobody waits for. */
export const argsByHand = { ...args, actorTaskId: "janedoe~by-hand", waitSecs: 0 };

export function settings(config: Readonly<Record<string, string>>): Settings {
  return { config: (key) => config[key], environment: () => undefined };
}

/** A deployment of an engine that neither cancels nor terminates it; `write` gets what its log is told. */
export function aDeployment(write: EngineLog["write"] = () => undefined): Deployment {
  const never = new AbortController().signal;
  return {
    engine: {
      log: { write, flush: () => Promise.resolve() },
      pollLength: createPollLength("none"),
      beginOperation: () => ({ signal: never, end: () => undefined }),
    },
    cancelled: never,
    ledger: createDeploymentLedger(),
    taskLedger: createTaskLedger(),
    reads: createSharedReads(),
  };
}

/** An emulator, and deployments that work with it. */
export interface World {
  readonly emulator: Emulator;
  /** The durable lines in the rows of all resources, oldest first. */
  readonly lines: string[];
  /** The rows that anything was shown in, by the URN of their resource. */
  readonly rows: ReadonlySet<string | undefined>;
  /** The provider of another deployment, which knows nothing of those before. */
  deployment(): TestProvider;
  /** Both providers of another deployment, which share what one host process shares. */
  deploymentOfBoth(): { readonly runs: TestProvider; readonly tasks: TestProvider };
  close(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const emulator = await startEmulator({
    declaration: twoTasks("jane-token"),
  });
  const lines: string[] = [];
  const rows = new Set<string | undefined>();
  const deploymentOfBoth: World["deploymentOfBoth"] = () => {
    const configured = settings({ "apify:token": "jane-token", "apify:baseUrl": emulator.url });
    const deployment = aDeployment((kind, urn, text) => {
      rows.add(urn);
      if (kind === "line") lines.push(text);
    });
    return {
      runs: taskRunProvider(configured, deployment) as TestProvider,
      tasks: taskProvider(configured, deployment) as TestProvider,
    };
  };
  return {
    emulator,
    lines,
    rows,
    deployment: () => deploymentOfBoth().runs,
    deploymentOfBoth,
    close: () => emulator.close(),
  };
}
