import { join } from "node:path";
import { startEmulator } from "../../../emulator";
import { twoTasks } from "../../support/twoTasks";
import { startEngine } from "../../support/engine";
import { startHost } from "../../support/host";
import { storedProvider } from "../../support/storedProvider";
import type { EmulatorSettings, Emulator } from "../../../emulator";
import type { FakeEngine } from "../../support/engine";
import type { Host, Properties } from "../../support/host";

const root = join(__dirname, "../../..");

/** The token of the account that all runs are of. */
export const token = "apify_api_TokenOfJaneDoe";

/** An Apify, and processes of Pulumi's host that work with it. */
export interface World {
  readonly emulator: Emulator;
  /** What the engine hands over for a TaskRun of the stack. */
  resource(name: string, args: Properties): Properties;
  /** What the engine hands over for a Task of the stack. */
  task(name: string, args: Properties): Properties;
  /** An engine; it ends with the world. */
  engine(answer?: Parameters<typeof startEngine>[0]): Promise<FakeEngine>;
  /** A new process, not configured yet; it ends with the world. */
  host(engine: FakeEngine): Promise<Host>;
  /** A new process that knows the account. */
  configuredHost(engine: FakeEngine): Promise<Host>;
  close(): Promise<void>;
}

/**
 * Opens a world with two tasks: runs of `janedoe~scrape` end at once with the `exitCode` of their
 * input, those of `janedoe~by-hand` when the test ends them.
 */
export async function openWorld(settings: Partial<EmulatorSettings> = {}): Promise<World> {
  const provider = await storedProvider();
  const taskProvider = await storedProvider("Task");
  const emulator = await startEmulator({
    declaration: twoTasks(token),
    ...settings,
  });
  const hosts: Host[] = [];
  const engines: FakeEngine[] = [];
  const world: World = {
    emulator,
    resource: (name, args) => ({ ...args, __provider: provider, __urn: urnOf(name) }),
    task: (name, args) => ({
      ...args,
      __provider: taskProvider,
      __urn: urnOf(name).replace("TaskRun", "Task"),
    }),
    engine: async (answer) => {
      const engine = await startEngine(answer);
      engines.push(engine);
      return engine;
    },
    host: async (engine) => {
      const host = await startHost({ engine: engine.address, cwd: root });
      hosts.push(host);
      return host;
    },
    configuredHost: async (engine) => {
      const host = await world.host(engine);
      await host.configure({
        "apify:token": token,
        "apify:baseUrl": emulator.url,
        version: "3.245.0",
      });
      return host;
    },
    close: async () => {
      await Promise.all(hosts.map((host) => host.end("SIGKILL")));
      for (const engine of engines) engine.close();
      await emulator.close();
    },
  };
  return world;
}

/** The URN of a TaskRun. */
export function urnOf(name: string): string {
  return `urn:pulumi:dev::shop::pulumi-nodejs:dynamic/apify:TaskRun::${name}`;
}
