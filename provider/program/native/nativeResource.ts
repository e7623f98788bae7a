import type { CustomResourceOptions, Input } from "@pulumi/pulumi";

/** The options of a native resource: it takes over the state of the dynamic one with the same name. */
export function nativeOptions(
  resourceType: "Task" | "TaskRun",
  opts: CustomResourceOptions,
): CustomResourceOptions {
  const dynamic = { type: `pulumi-nodejs:dynamic/apify:${resourceType}` };
  return { ...opts, aliases: [...(opts.aliases ?? []), dynamic] };
}

/** The hidden inputs that the engine does not tell the plugin: it tells the URN and the time limits. */
export function nativeInputs(
  hidden: Record<string, Input<unknown>>,
): Record<string, Input<unknown>> {
  const told = ["__urn", "__timeLimitSecs"];
  return Object.fromEntries(Object.entries(hidden).filter(([name]) => !told.includes(name)));
}
