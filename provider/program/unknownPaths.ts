import * as pulumi from "@pulumi/pulumi";

/**
 * The paths of the unknown values in the arguments; `undefined` if all values are known. A value is unknown if
 * Pulumi would send it to the engine as unknown, or if it comes from a resource that was not deployed, which
 * Pulumi resolves to `undefined`. Plain values, the usual case, need only one walk.
 */
export function unknownPaths(args: object): Promise<string[] | undefined> | undefined {
  const pending = pendingValues(args);
  if (pending.length === 0) return undefined;
  return Promise.all(pending.map(unknownIn)).then(
    (found) => {
      const paths = found.flat();
      return paths.length === 0 ? undefined : paths;
    },
    // Pulumi finds the same error when it registers the resource, and reports it.
    () => undefined,
  );
}

interface Placed {
  readonly path: string;
  readonly value: unknown;
}

/** The outputs, promises and resources in a value, with their paths. */
function pendingValues(value: unknown, path = "", within: readonly object[] = []): Placed[] {
  if (typeof value !== "object" || value === null || within.includes(value)) return [];
  if (
    pulumi.Output.isInstance(value) ||
    pulumi.Resource.isInstance(value) ||
    value instanceof Promise
  ) {
    return [{ path, value }];
  }
  const inside = [...within, value];
  return Object.entries(value).flatMap(([key, inner]) =>
    pendingValues(inner, pathTo(path, key, Array.isArray(value)), inside),
  );
}

async function unknownIn({ path, value }: Placed): Promise<string[]> {
  const sources = new Set<pulumi.Resource>();
  const sent: unknown = await pulumi.runtime.serializeProperty(path, value, sources);
  const paths = unknownsOf(sent, path);
  if (paths.length > 0) return paths;
  // Another stack lacks an output if its last deployment failed before it.
  if (sent === undefined && [...sources].some(isStackReference)) return [path];
  const undeployed = await Promise.all([...sources].map(isUndeployed));
  return undeployed.includes(true) ? [path] : [];
}

function isStackReference(resource: pulumi.Resource): boolean {
  return resource instanceof pulumi.StackReference;
}

/** Whether a resource has no id yet. */
async function isUndeployed(resource: pulumi.Resource): Promise<boolean> {
  if (!pulumi.CustomResource.isInstance(resource)) return false;
  const id: unknown = await pulumi.runtime.serializeProperty("id", resource.id);
  return id === pulumi.runtime.unknownValue;
}

function unknownsOf(sent: unknown, path: string): string[] {
  if (sent === pulumi.runtime.unknownValue) return [path];
  if (typeof sent !== "object" || sent === null) return [];
  return Object.entries(sent).flatMap(([key, inner]) =>
    unknownsOf(inner, pathTo(path, key, Array.isArray(sent))),
  );
}

function pathTo(path: string, key: string, isIndex: boolean): string {
  if (isIndex) return `${path}[${key}]`;
  return path === "" ? key : `${path}.${key}`;
}
