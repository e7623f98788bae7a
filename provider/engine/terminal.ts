import { closeSync, openSync } from "node:fs";
import type { Audience } from "../run/pace";

/**
 * Whether somebody sits at a terminal, as far as this process can tell: its own output is a pipe to the
 * engine, but where a person started the command they share a controlling terminal, and a CI job has
 * none. On Windows it is not known, and counts as none.
 */
export function detectAudience(terminal = "/dev/tty"): Audience {
  try {
    closeSync(openSync(terminal, "r"));
    return "terminal";
  } catch {
    return "none";
  }
}
