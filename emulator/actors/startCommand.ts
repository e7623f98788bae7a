import { isObject } from "../json";
import type { JsonObject } from "../json";

/** A program and its arguments. */
export type Command = [string, ...string[]];

/** What Apify's templates run in their Dockerfile. The notifier would ask npm's registry. */
const npmStart: Command = ["npm", "start", "--silent", "--no-update-notifier"];

/** `node` with arguments that a shell would not change. */
const plainNode = /^node(\s+[\w./:@=,+-]+)+$/;

/**
 * How to start the Actor of a package: its `start` script, without npm and a shell where the script
 * only calls node. Undefined if there is no such script.
 */
export function startCommand(
  { scripts }: JsonObject,
  platform: NodeJS.Platform,
): Command | undefined {
  const { start, prestart, poststart } = isObject(scripts) ? scripts : {};
  if (typeof start !== "string" || start === "") return undefined;
  if (plainNode.test(start.trim()) && prestart === undefined && poststart === undefined) {
    return start.trim().split(/\s+/) as Command;
  }
  // On Windows npm is a script, which only a shell can start.
  return platform === "win32" ? ["cmd.exe", "/d", "/s", "/c", npmStart.join(" ")] : npmStart;
}
