import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { inspect } from "node:util";
import type { ClientRequest } from "node:http";
import type { World } from "../../test/faults/support/world";

/** How an attempt ended. */
export interface AttemptResult {
  /** `SUCCEEDED`, or how it failed. */
  readonly outcome: string;
  /** Everything that the user got: what was returned and what was printed. */
  readonly shown: string;
}

/** One process that gets the result of the task. */
export interface Attempt {
  readonly result: Promise<AttemptResult>;
  /** Ends the process as SIGKILL does. */
  readonly kill: () => void;
}

/** What a script returns. */
export interface ScriptResult {
  readonly id: string;
  readonly status: string;
}

/**
 * Runs a script as if it were a process of its own. Its requests are found by their `User-Agent`:
 * `kill` ends the open ones and refuses later ones.
 */
export function runScript(
  world: World,
  { userAgent, script }: { userAgent: string; script: () => Promise<ScriptResult> },
): Attempt {
  const openRequests = new Set<ClientRequest>();
  let isKilled = false;

  const onRequest = (message: unknown): void => {
    const { request } = message as { request: ClientRequest };
    if (!String(request.getHeader("user-agent")).endsWith(userAgent)) return;
    openRequests.add(request);
    request.once("close", () => openRequests.delete(request));
  };
  subscribe("http.client.request.start", onRequest);
  world.whenClosed(() => {
    unsubscribe("http.client.request.start", onRequest);
  });
  world.emulator.use(({ headers }, { socket }) => {
    if (!isKilled || headers["user-agent"]?.endsWith(userAgent) !== true) return "pass";
    socket.destroy();
    return "handled";
  });

  return {
    result: script().then(
      ({ id, status }) => ({ outcome: status, shown: id }),
      // `inspect` is what Node prints of an uncaught error: the most that a user sees without own code.
      (error: unknown) => ({ outcome: messageOf(error), shown: inspect(error) }),
    ),
    kill: () => {
      isKilled = true;
      for (const request of openRequests) {
        // The sockets of a killed process close, but none of its code hears of that.
        request.removeAllListeners("error").on("error", () => undefined);
        request.destroy();
      }
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
