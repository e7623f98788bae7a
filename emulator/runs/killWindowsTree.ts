import { spawnSync } from "node:child_process";

/**
 * Kills a process of Windows and those that it has started, such as those of `npm start`. Windows has no
 * process groups; `taskkill` finds the children as long as the process lives.
 * https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/taskkill
 */
export function killWindowsTree(pid: number): void {
  const args = ["/PID", String(pid), "/T", "/F"];
  spawnSync("taskkill", args, { stdio: "ignore", windowsHide: true });
}
