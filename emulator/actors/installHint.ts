import { existsSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { isObject } from "../json";
import { readJsonFile } from "./jsonFile";

/**
 * Why the program of an Actor's folder may have failed: at Apify, a build installs its packages.
 * Undefined if none is missing.
 */
export function installHint(folder: string): string | undefined {
  const missing = missingPackages(folder);
  const [first, ...others] = Object.keys(missing);
  if (first === undefined) return undefined;
  const packages = others.length === 0 ? "This package is" : "These packages are";
  const names = [first, ...others].join(", ");
  return `${packages} not installed: ${names}. ${remedy(folder, missing)}`;
}

/** Nobody should install into a package, such as an example's folder that npm has installed itself. */
function remedy(folder: string, missing: Readonly<Record<string, string>>): string {
  const project = projectAround(resolve(folder));
  if (project === undefined) return `In ${folder} run: npm install`;
  const wanted = Object.entries(missing).map(([name, version]) => `"${name}@${version}"`);
  return `In ${project} run: npm install ${wanted.join(" ")}`;
}

/** The folder whose `node_modules` a folder is in; undefined if it is in none. */
function projectAround(folder: string): string | undefined {
  const at = folder.indexOf(`${sep}node_modules${sep}`);
  return at === -1 ? undefined : resolve(folder.slice(0, at) + sep);
}

/** The `dependencies` of the package in a folder that are not installed, and their versions. */
function missingPackages(folder: string): Record<string, string> {
  const found = readJsonFile(join(folder, "package.json"));
  if (found === undefined || "problem" in found) return {};
  const { dependencies } = found.value;
  if (!isObject(dependencies)) return {};
  const missing = Object.entries(dependencies).filter(([name]) => {
    return !isInstalled(resolve(folder), name);
  });
  return Object.fromEntries(missing.map(([name, version]) => [name, String(version)]));
}

/** Looks where Node does: in the `node_modules` of the folder, and of all folders around it. */
function isInstalled(folder: string, name: string): boolean {
  if (existsSync(join(folder, "node_modules", name))) return true;
  const parent = dirname(folder);
  return parent !== folder && isInstalled(parent, name);
}
