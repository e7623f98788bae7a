import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The packages of an installation, by their paths in it. */
type Packages = Readonly<
  Record<string, { readonly dependencies?: object; readonly optionalDependencies?: object }>
>;

/** The packages that this one brings into a `node_modules`, beside itself and what `@pulumi/pulumi` brings. */
export function broughtPackages(modules: string): readonly string[] {
  const lock = readFileSync(join(modules, ".package-lock.json"), "utf8");
  const { packages } = JSON.parse(lock) as { readonly packages: Packages };
  const theirs = withDependencies(packages, "node_modules/@pulumi/pulumi");
  const own = "node_modules/pulumi-apify";
  return [...withDependencies(packages, own)].filter((path) => path !== own && !theirs.has(path));
}

function withDependencies(
  packages: Packages,
  path: string,
  seen = new Set<string>(),
): ReadonlySet<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const { dependencies, optionalDependencies } = packages[path] ?? {};
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const found = findFrom(packages, path, name);
    if (found !== undefined) withDependencies(packages, found, seen);
  }
  return seen;
}

/** Where Node finds a package from another: in its own `node_modules`, or in one above. */
function findFrom(packages: Packages, from: string, name: string): string | undefined {
  const path = `${from}/node_modules/${name}`;
  if (path in packages) return path;
  const end = from.lastIndexOf("/node_modules/");
  if (end > 0) return findFrom(packages, from.slice(0, end), name);
  return `node_modules/${name}` in packages ? `node_modules/${name}` : undefined;
}
