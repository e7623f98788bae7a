import { Resource } from "@pulumi/pulumi";
import { lines, message } from "../apify/message";
import { programError } from "./programError";
import type { CustomResourceOptions, ProviderResource } from "@pulumi/pulumi";
import type { Message } from "../apify/message";

/** Pulumi's name for the package of all dynamic providers. */
const dynamicPackage = "pulumi-nodejs";

/** Resource options. A component may pass on its own, which have `providers`. */
export interface GivenOptions extends CustomResourceOptions {
  readonly providers?: Readonly<Record<string, ProviderResource>> | readonly ProviderResource[];
}

/** A resource, as its options and errors need it. */
interface DescribedResource {
  readonly typeToken: string;
  /** The resource as an error names it, such as: TaskRun "prices" */
  readonly label: string;
  /** The argument that stands in for the option `import`. */
  readonly adoptArgument: "adoptRunId" | "adoptTaskId";
}

/**
 * The options to register a resource with. Throws a `RunError` for an option that dynamic resources do not
 * support, because Pulumi would fail without saying what to do instead.
 */
export function resourceOptions(
  resource: DescribedResource,
  { provider, providers, ...opts }: GivenOptions,
): CustomResourceOptions {
  if (opts.import !== undefined) throw programError(importProblem(resource));
  const all = [provider, ...Object.values(providers ?? {}), inherited(resource.typeToken, opts)];
  if (all.some(isDynamic)) throw programError(providerProblem(resource));
  // Ignore providers of other packages: a component passes its options on to all its children.
  return { ...opts, aliases: [...(opts.aliases ?? []), { type: nativeTypeOf(resource) }] };
}

/** The type token with which the native plugin stores the resource: a program may come back from it. */
function nativeTypeOf({ typeToken }: DescribedResource): string {
  return typeToken.replace(/^.*:/, "apify:index:");
}

/** The provider that a resource of this type inherits from its parent. */
function inherited(
  typeToken: string,
  { parent }: CustomResourceOptions,
): ProviderResource | undefined {
  return Resource.isInstance(parent) ? parent.getProvider(typeToken) : undefined;
}

function isDynamic(provider: ProviderResource | undefined): boolean {
  return packageOf(provider) === dynamicPackage;
}

/** The package that a provider serves. */
export function packageOf(provider: ProviderResource | undefined): string | undefined {
  // Pulumi does not declare the method.
  return (provider as { getPackage?(): string } | undefined)?.getPackage?.();
}

function importProblem({ label, adoptArgument }: DescribedResource): Message {
  const [noun, idName] = adoptArgument === "adoptRunId" ? ["run", "runId"] : ["task", "taskId"];
  return lines(
    message`${label}: Pulumi cannot import dynamic resources, so the option \`import\` is not supported.`,
    message`To manage an existing ${noun}, set the argument \`${adoptArgument}\` to its id. To read only its outputs, use \`${label.split(" ", 1).join()}.get(name, ${idName})\`.`,
  );
}

function providerProblem({ label }: DescribedResource): Message {
  return lines(
    message`${label}: Pulumi does not pass the stack's configuration to an explicit provider of the package ${dynamicPackage}, so such a provider has no token.`,
    message`Remove the option \`provider\` or \`providers\` from the resource or its parent. To use another Apify account, configure it in apify:accounts and set the argument \`account\` to its name.`,
  );
}
