import { spawn } from "node:child_process";
import { once } from "node:events";
import type { ChildProcess } from "node:child_process";

/** Kills the processes of Actors if the emulator itself was killed (SIGKILL) before it could. */
export interface Watchdog {
  /** Adds a process group; the environment of all its processes contains `mark`. */
  readonly track: (group: number, mark: string) => void;
  /** Removes a group that has ended. */
  readonly untrack: (group: number) => void;
  /** Resolves when the process of the watchdog has ended. */
  readonly close: () => Promise<void>;
}

/**
 * Reads the groups from its input. The input ends when the emulator does; then the script does what
 * `killProgram` does, with the same search. It is a shell's, because another Node.js process would take
 * too much memory to only wait.
 */
const script = `
tree() {
  kill -STOP "$1"
  echo "$1"
  for child in $(cat "/proc/$1/task/"*/children); do tree "$child"; done
}
marked() {
  for file in $(grep -lF "$1" /proc/[0-9]*/environ); do
    file=\${file#/proc/}
    echo "\${file%/environ}"
  done
}
tracked=
while read -r sign group mark; do
  if [ "$sign" = + ]; then tracked="$tracked $group:$mark"; continue; fi
  rest=
  for each in $tracked; do [ "\${each%%:*}" = "$group" ] || rest="$rest $each"; done
  tracked=$rest
done
for each in $tracked; do
  group=\${each%%:*}
  pids=$(for pid in "$group" $(marked "\${each#*:}"); do tree "$pid"; done)
  kill -KILL "-$group"
  kill -KILL $pids
done`;

/**
 * Creates a watchdog. Its process, a shell, starts with the first Actor. Windows has no such shell:
 * there, Actors outlive an emulator that was killed.
 */
export function createWatchdog(): Watchdog {
  let shell: ChildProcess | undefined;
  const send = (line: string): void => {
    if (process.platform === "win32") return;
    shell ??= startShell();
    shell.stdin?.write(`${line}\n`);
  };
  return {
    track: (group, mark) => {
      send(`+ ${group} ${mark}`);
    },
    untrack: (group) => {
      send(`- ${group}`);
    },
    close: async () => {
      const ending = shell;
      shell = undefined;
      if (ending?.pid === undefined || ending.exitCode !== null || ending.signalCode !== null)
        return;
      // Keeps this process alive until the shell has ended, or it would end during the clean-up.
      ending.ref();
      const exited = once(ending, "exit");
      ending.stdin?.end();
      await exited;
    },
  };
}

function startShell(): ChildProcess {
  // In a process group of its own, or ^C in the terminal would end it together with the emulator.
  const shell = spawn("/bin/sh", ["-c", script], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    env: {},
  });
  // Neither the shell nor its pipe keeps the emulator alive. Without a shell there is no watchdog.
  shell.unref();
  shell.on("error", () => undefined);
  shell.stdin.on("error", () => undefined);
  return shell;
}
