import { Resource } from "@pulumi/pulumi";
import { declaredOutputs, holderOf } from "./taskRunOutputs";
import { lines, message } from "../apify/message";
import { programError } from "./programError";
import type { CustomResourceOptions, ProviderResource } from "@pulumi/pulumi";
import type { Message } from "../apify/message";

/** The package of all dynamic providers, as Pulumi calls it. */
const dynamicPackage = "pulumi-nodejs";

/** The options of a component may be handed on as they are. */
interface GivenOptions extends CustomResourceOptions {
  readonly providers?: Readonly<Record<string, ProviderResource>> | readonly ProviderResource[];
}

/**
 * The options to register a resource of this type with. Throws where Pulumi has an option that no
 * dynamic resource can have, and would fail without saying what to do instead.
 */
export function taskRunOptions(
  typeToken: string,
  name: string,
  { provider, providers, ...opts }: GivenOptions,
): CustomResourceOptions {
  if (opts.import !== undefined) throw programError(importProblem(name));
  const all = [provider, ...Object.values(providers ?? {}), inherited(typeToken, opts)];
  if (all.some(isDynamic)) throw programError(providerProblem(name));
  // Any other provider is meant for the resources of its own package, as in options that a component
  // hands on to all of its children.
  return {
    ...opts,
    // Each changes as a whole, and what is in it has an output of its own.
    hideDiffs: [...new Set([...(opts.hideDiffs ?? []), ...declaredOutputs])],
    ...(opts.additionalSecretOutputs === undefined
      ? {}
      : { additionalSecretOutputs: [...new Set(opts.additionalSecretOutputs.map(holderOf))] }),
  };
}

/** The provider that a parent has for resources of this type. */
function inherited(
  typeToken: string,
  { parent }: CustomResourceOptions,
): ProviderResource | undefined {
  return Resource.isInstance(parent) ? parent.getProvider(typeToken) : undefined;
}

function isDynamic(provider: ProviderResource | undefined): boolean {
  // Pulumi leaves the method out of its declarations.
  return (provider as { getPackage?(): string } | undefined)?.getPackage?.() === dynamicPackage;
}

function importProblem(name: string): Message {
  return lines(
    message`TaskRun "${name}": Pulumi cannot import a dynamic resource, so the option \`import\` does not work.`,
    message`To manage a run that exists, give its id in the argument adoptRunId; to read its outputs alone, use TaskRun.get(name, runId).`,
  );
}

function providerProblem(name: string): Message {
  return lines(
    message`TaskRun "${name}": it has an explicit provider of the package ${dynamicPackage}, which does not get the stack's configuration, and so no token.`,
    message`Leave out the option \`provider\` (or \`providers\`). To use another Apify account, name it in the argument \`account\` and configure it in apify:accounts.`,
  );
}
