import { join } from "node:path";
import { startEmulator } from "../../../emulator";
import { twoTasks } from "../../support/twoTasks";
import { startEngine } from "../../support/engine";
import { startHost } from "../../support/host";
import { typeToken, type ResourceKind, type Shell } from "../../support/shell";
import { storedProvider } from "../../support/storedProvider";
import type { EmulatorSettings, Emulator } from "../../../emulator";
import type { FakeEngine } from "../../support/engine";
import type { Properties } from "../../support/calls";
import type { Host, Registration } from "../../support/host";

const root = join(__dirname, "../../..");

/** The token of the account that all runs are of. */
export const token = "apify_api_TokenOfJaneDoe";

/** An Apify, and processes of a shell that work with it. */
export interface World {
  readonly shell: Shell;
  readonly emulator: Emulator;
  /** A TaskRun of the stack, as the program registers it. */
  resource(name: string, args: Properties, timeoutSecs?: number): Registration;
  /** A Task of the stack, as the program registers it. */
  task(name: string, args: Properties): Registration;
  /** An engine; it ends with the world. */
  engine(answer?: Parameters<typeof startEngine>[0]): Promise<FakeEngine>;
  /** A new process, not configured yet; it ends with the world. */
  host(engine: FakeEngine): Promise<Host>;
  /** A new process that knows the account. */
  configuredHost(engine: FakeEngine): Promise<Host>;
  /** The same Apify, with processes of this shell. */
  servedBy(shell: Shell): World;
  close(): Promise<void>;
}

/** What a world is like. */
export interface WorldSettings extends Partial<EmulatorSettings> {
  /** The organization of the stack, and who tells it to the native plugin. Default: nobody knows it. */
  readonly organization?: Organization | undefined;
}

/** See {@link WorldSettings}. To the dynamic host the program alone can tell it. */
export interface Organization {
  readonly name: string;
  readonly toldBy: "program" | "configuration";
}

/**
 * Opens a world with two tasks: runs of `janedoe~scrape` end at once with the `exitCode` of their
 * input, those of `janedoe~by-hand` when the test ends them.
 */
export async function openWorld(
  shell: Shell,
  { organization, ...settings }: WorldSettings = {},
): Promise<World> {
  const providers = { TaskRun: await storedProvider(), Task: await storedProvider("Task") };
  const emulator = await startEmulator({
    declaration: twoTasks(token),
    ...settings,
  });
  const hosts: Host[] = [];
  const engines: FakeEngine[] = [];

  const servedBy = (served: Shell): World => {
    // No program but one in TypeScript tells the organization, or reads the values of a run from its JSON.
    const isTypeScript = organization?.toldBy !== "configuration" || served === "dynamic";
    const registration = (
      kind: ResourceKind,
      name: string,
      args: Properties,
      timeoutSecs: number,
    ): Registration => {
      const urn = urnOf(served, name, kind);
      const ofProgram =
        organization !== undefined && isTypeScript ? { __organization: organization.name } : {};
      const limits = timeoutSecs > 0 ? { __timeLimitSecs: { create: timeoutSecs } } : {};
      const ofNativeClass =
        kind === "TaskRun" && isTypeScript ? { __runOutputs: "jsonOnly" as const } : {};
      const ofClass =
        served === "dynamic"
          ? { __provider: providers[kind], __urn: urn, ...limits }
          : ofNativeClass;
      return { urn, inputs: { ...args, ...ofProgram, ...ofClass }, timeoutSecs };
    };
    const world: World = {
      shell: served,
      emulator,
      resource: (name, args, timeoutSecs = 0) => registration("TaskRun", name, args, timeoutSecs),
      task: (name, args) => registration("Task", name, args, 0),
      engine: async (answer) => {
        const engine = await startEngine(answer);
        engines.push(engine);
        return engine;
      },
      host: async (engine) => {
        const host = await startHost({ shell: served, engine: engine.address, cwd: root });
        hosts.push(host);
        return host;
      },
      configuredHost: async (engine) => {
        const host = await world.host(engine);
        await host.configure(
          configurationOf(served, {
            token,
            baseUrl: emulator.url,
            ...(organization === undefined || isTypeScript
              ? {}
              : { organization: organization.name }),
          }),
        );
        return host;
      },
      servedBy,
      close: async () => {
        await Promise.all(hosts.map((host) => host.end("SIGKILL")));
        for (const engine of engines) engine.close();
        await emulator.close();
      },
    };
    return world;
  };
  return servedBy(shell);
}

/** The configuration of a stack, as the engine passes it on. */
function configurationOf(
  shell: Shell,
  config: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const prefix = shell === "dynamic" ? "apify:" : "";
  const named = Object.entries(config).map(([key, value]) => [`${prefix}${key}`, value] as const);
  return { ...Object.fromEntries(named), version: "3.245.0" };
}

/** The URN of a resource. */
export function urnOf(shell: Shell, name: string, kind: ResourceKind = "TaskRun"): string {
  return `urn:pulumi:dev::shop::${typeToken(shell, kind)}::${name}`;
}
