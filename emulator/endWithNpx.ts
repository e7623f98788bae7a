import { realClock } from "./clock";

const checkMillis = 500;

/**
 * Calls `end` once npx has ended. npx runs a command in a shell and passes signals on to the shell alone,
 * which ends without its child: `kill $!` would leave the emulator and its port behind. A process tells
 * that its parent has ended by another parent's id (not on Windows, whose processes keep it). Does nothing
 * in a process that npx did not start, which may well outlive its parent.
 *
 * @param parent - the id of the parent when this process began
 */
export function endWithNpx(parent: number, end: () => void): void {
  // Set by npm for the commands that npx runs.
  if (process.env.npm_lifecycle_event !== "npx") return;
  const check = (): void => {
    if (process.ppid !== parent) end();
    else realClock.setTimer(checkMillis, check);
  };
  check();
}
