import { packageOf } from "../resourceOptions";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";
import type { GivenOptions } from "../resourceOptions";

/**
 * The options of a native resource: it takes over the state of the dynamic one with the same name. Providers of other
 * packages are left out, as Pulumi refuses them: a component passes its options on to all its children.
 */
export function nativeOptions(
  resourceType: "Task" | "TaskRun",
  { provider, providers, ...opts }: GivenOptions,
): CustomResourceOptions {
  const own = [provider, ...Object.values(providers ?? {})].find(
    (each) => packageOf(each) === "apify",
  );
  const dynamic = { type: `pulumi-nodejs:dynamic/apify:${resourceType}` };
  return {
    ...opts,
    ...(own === undefined ? {} : { provider: own }),
    aliases: [...(opts.aliases ?? []), dynamic],
  };
}

/** The hidden inputs that the engine does not tell the plugin: it tells the URN and the time limits. */
export function nativeInputs(
  hidden: Record<string, Input<unknown>>,
): Record<string, Input<unknown>> {
  const told = ["__urn", "__timeLimitSecs"];
  return Object.fromEntries(Object.entries(hidden).filter(([name]) => !told.includes(name)));
}
