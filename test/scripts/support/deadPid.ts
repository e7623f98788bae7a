import { spawnSync } from "node:child_process";

/** The id of a process that has just ended. */
export function deadPid(): number {
  return spawnSync(process.execPath, ["--version"]).pid;
}
