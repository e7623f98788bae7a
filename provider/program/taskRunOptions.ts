import { Resource } from "@pulumi/pulumi";
import { declaredOutputs, holderOf } from "./taskRunOutputs";
import { lines, message } from "../apify/message";
import { programError } from "./programError";
import type { CustomResourceOptions, ProviderResource } from "@pulumi/pulumi";
import type { Message } from "../apify/message";

/** Pulumi's name for the package of all dynamic providers. */
const dynamicPackage = "pulumi-nodejs";

/** Resource options. A component may pass on its own, which have `providers`. */
interface GivenOptions extends CustomResourceOptions {
  readonly providers?: Readonly<Record<string, ProviderResource>> | readonly ProviderResource[];
}

/**
 * The options to register a TaskRun with. Throws a `RunError` for an option that dynamic resources do not
 * support, because Pulumi would fail without saying what to do instead.
 */
export function taskRunOptions(
  typeToken: string,
  name: string,
  { provider, providers, ...opts }: GivenOptions,
): CustomResourceOptions {
  if (opts.import !== undefined) throw programError(importProblem(name));
  const all = [provider, ...Object.values(providers ?? {}), inherited(typeToken, opts)];
  if (all.some(isDynamic)) throw programError(providerProblem(name));
  // Ignore providers of other packages: a component passes its options on to all its children.
  return {
    ...opts,
    // A declared output changes as a whole, so its difference says little. The values in it are also outputs of their own.
    hideDiffs: [...new Set([...(opts.hideDiffs ?? []), ...declaredOutputs])],
    ...(opts.additionalSecretOutputs === undefined
      ? {}
      : { additionalSecretOutputs: [...new Set(opts.additionalSecretOutputs.map(holderOf))] }),
  };
}

/** The provider that a resource of this type inherits from its parent. */
function inherited(
  typeToken: string,
  { parent }: CustomResourceOptions,
): ProviderResource | undefined {
  return Resource.isInstance(parent) ? parent.getProvider(typeToken) : undefined;
}

function isDynamic(provider: ProviderResource | undefined): boolean {
  // Pulumi does not declare the method.
  return (provider as { getPackage?(): string } | undefined)?.getPackage?.() === dynamicPackage;
}

function importProblem(name: string): Message {
  return lines(
    message`TaskRun "${name}": Pulumi cannot import dynamic resources, so the option \`import\` is not supported.`,
    message`To manage an existing run, set the argument \`adoptRunId\` to its id. To read only its outputs, use \`TaskRun.get(name, runId)\`.`,
  );
}

function providerProblem(name: string): Message {
  return lines(
    message`TaskRun "${name}": Pulumi does not pass the stack's configuration to an explicit provider of the package ${dynamicPackage}, so such a provider has no token.`,
    message`Remove the option \`provider\` or \`providers\` from the resource or its parent. To use another Apify account, configure it in apify:accounts and set the argument \`account\` to its name.`,
  );
}
