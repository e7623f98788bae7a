import { createDeployment } from "../engine/deployment";
import { connectEngine } from "../engine/engine";
import { taskOperations } from "../engine/taskOperations";
import { taskRunOperations } from "../engine/taskRunOperations";
import { nativeMark } from "../engine/operations";
import { message } from "../apify/message";
import { accountReader } from "../resources/account";
import { ProviderError } from "../resources/errors";
import { configurationOf } from "./configuration";
import { createInterruption } from "./interruption";
import { invoke } from "./invocations";
import type { Deployment } from "../engine/deployment";
import type { Operations, Properties, StateForm } from "../engine/operations";

/** What the plugin does for one engine. */
export interface Session {
  /** The operations on the resources of this type. Throws a `ProviderError` for another type. */
  operations(typeToken: string): Operations;
  invoke(token: string, args: Properties): Promise<Properties>;
  readonly organization: string | undefined;
  /** Ends all waits. */
  readonly cancel: () => void;
}

/** The form of the plugin's states. */
const nativeForm: StateForm = {
  isOwn: (stored) => nativeMark in stored,
  runOutputs: "typed",
  imports: "possible",
};

/** What a session needs from its process. */
export interface SessionOptions {
  readonly host: NodeJS.Process;
  /** The engine's address, if it is not the first argument of the process. */
  readonly address?: string | undefined;
  /** Default: a deployment of that engine. */
  readonly deployment?: Pick<Deployment, "engine"> | undefined;
}

/** Opens a session with this configuration. */
export function openSession(
  args: Properties,
  { host, address, deployment: given }: SessionOptions,
): Session {
  const settings = configurationOf(args, host.env);
  const { beginOperation, stop } = createInterruption();
  const engine = given?.engine ?? connectEngine(host, { address, beginOperation });
  // The first ^C already ends the waits, so nothing has to be said about a second.
  const deployment = createDeployment({ ...engine, beginOperation }, undefined);
  const byType: Readonly<Record<string, Operations>> = {
    "apify:index:Task": taskOperations(settings, deployment, nativeForm),
    "apify:index:TaskRun": taskRunOperations(settings, deployment, nativeForm),
  };
  const account = accountReader(settings);
  return {
    operations: (typeToken) => {
      const operations = byType[typeToken];
      if (operations !== undefined) return operations;
      throw new ProviderError(message`pulumi-apify has no resource ${typeToken}.`);
    },
    invoke: (token, properties) => invoke(account, token, properties),
    organization: settings.organization,
    cancel: stop,
  };
}
