import { spawn } from "node:child_process";
import { once } from "node:events";
import type { ChildProcess } from "node:child_process";

/** Ends the processes of Actors when the emulator is gone without having ended them (SIGKILL). */
export interface Watchdog {
  /** Takes a process group into care; `token` is in the environment of all its processes. */
  readonly track: (group: number, token: string) => void;
  /** Lets a group go that has ended. */
  readonly untrack: (group: number) => void;
  /** Resolves when nothing of the guard is left. */
  readonly close: () => Promise<void>;
}

/**
 * Reads which groups there are; when its input ends, so has the emulator, and it kills them. On Linux
 * it also finds what has left its group (setsid), by the token in its environment.
 */
const script = `
watched=
while read -r sign group token; do
  if [ "$sign" = + ]; then watched="$watched $group:$token"; continue; fi
  kept=
  for each in $watched; do [ "\${each%%:*}" = "$group" ] || kept="$kept $each"; done
  watched=$kept
done
for each in $watched; do
  kill -KILL "-\${each%%:*}"
  for file in $(grep -lF "\${each#*:}" /proc/[0-9]*/environ); do
    pid=\${file#/proc/}
    kill -KILL "\${pid%/environ}"
  done
done`;

/**
 * Makes the guard of an emulator; its process, a shell, starts with the first Actor. Windows has none:
 * there, Actors outlive an emulator that was killed.
 */
export function createWatchdog(): Watchdog {
  let shell: ChildProcess | undefined;
  const tell = (line: string): void => {
    if (process.platform === "win32") return;
    shell ??= startShell();
    shell.stdin?.write(`${line}\n`);
  };
  return {
    track: (group, token) => {
      tell(`+ ${group} ${token}`);
    },
    untrack: (group) => {
      tell(`- ${group}`);
    },
    close: async () => {
      const ending = shell;
      shell = undefined;
      if (ending?.pid === undefined || ending.exitCode !== null || ending.signalCode !== null)
        return;
      // What is awaited has to keep this process alive, or it ends in the middle of the tidying up.
      ending.ref();
      const exited = once(ending, "exit");
      ending.stdin?.end();
      await exited;
    },
  };
}

function startShell(): ChildProcess {
  // In a group of its own, or ^C in the terminal would end it with the emulator.
  const shell = spawn("/bin/sh", ["-c", script], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    env: {},
  });
  // Neither it nor the pipe to it keeps the emulator alive; where there is no shell there is no guard.
  shell.unref();
  shell.on("error", () => undefined);
  shell.stdin.on("error", () => undefined);
  return shell;
}
