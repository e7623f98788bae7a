/** What serves the resources of a program: Pulumi's host for dynamic providers, or the native plugin. */
export type Shell = (typeof shells)[number];

/** See {@link Shell}. */
export const shells = ["dynamic", "native"] as const;

/** The module that a program loads for a shell. */
export const apifyModules = {
  dynamic: "pulumi-apify",
  native: "pulumi-apify/native",
} as const satisfies Record<Shell, string>;

/** The kinds of resources. */
export type ResourceKind = "Task" | "TaskRun";

/** The type of a resource, as URNs and the terminal have it. */
export function typeToken(shell: Shell, resource: ResourceKind): string {
  return shell === "dynamic"
    ? `pulumi-nodejs:dynamic/apify:${resource}`
    : `apify:index:${resource}`;
}

/** The shell that serves a resource, by its URN. */
export function shellOf(urn: string): Shell {
  return urn.includes(":dynamic/") ? "dynamic" : "native";
}

/**
 * The shells of PULUMI_APIFY_SHELLS, such as `dynamic,native`, with which a suite is run that works with each.
 * Default: the dynamic one alone, since a command of the CLI takes seconds.
 */
export function chosenShells(): readonly Shell[] {
  const names = (process.env.PULUMI_APIFY_SHELLS ?? "dynamic").split(",");
  return names.map((name) => {
    if (name === "dynamic" || name === "native") return name;
    throw new Error(`PULUMI_APIFY_SHELLS has "${name}", which is neither "dynamic" nor "native".`);
  });
}
