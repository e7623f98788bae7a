import { spawnSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";

/** A process, so that no later one with the same id is taken for it. */
export interface ProcessIdentity {
  readonly pid: number;
  /** The namespace in which the id counts, which each container has of its own, and the boot. */
  readonly place: string;
  /** When it started; empty if it is not running, or is a zombie. */
  readonly start: string;
}

/** Identifies a process by its id, as seen from this one. */
export function identifyProcess(pid: number): ProcessIdentity {
  return { pid, place: placeOfIds(), start: startOf(pid) };
}

function placeOfIds(): string {
  if (process.platform !== "linux") return process.platform;
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return process.platform;
  }
}

function startOf(pid: number): string {
  if (process.platform === "linux") return linuxStart(pid);
  const { stdout, error } = spawnSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
  });
  // Windows has no ps.
  if (error !== undefined) return isAlive(pid) ? "unknown" : "";
  const [, status = "Z", start = ""] = /^\s*(\S+)\s+(.*\S)/.exec(stdout) ?? [];
  return status.startsWith("Z") ? "" : start;
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: the state is field 3, the start 22. */
function linuxStart(pid: number): string {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return "";
  }
  // The name, field 2, may have spaces and parentheses in it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || fields[0] === "X" ? "" : (fields[19] ?? "");
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is alive, and belongs to another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
