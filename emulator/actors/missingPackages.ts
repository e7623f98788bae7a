import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isObject } from "../json";
import { readJsonFile } from "./jsonFile";

/** The `dependencies` of the package in a folder that are not installed. */
export function missingPackages(folder: string): string[] {
  const found = readJsonFile(join(folder, "package.json"));
  if (found === undefined || "problem" in found) return [];
  const { dependencies } = found.value;
  const names = isObject(dependencies) ? Object.keys(dependencies) : [];
  return names.filter((name) => !isInstalled(resolve(folder), name));
}

/** Looks where Node does: in the `node_modules` of the folder, and of all folders around it. */
function isInstalled(folder: string, name: string): boolean {
  if (existsSync(join(folder, "node_modules", name))) return true;
  const parent = dirname(folder);
  return parent !== folder && isInstalled(parent, name);
}
