import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { inspect } from "node:util";
import type { World } from "../../test/faults/support/world";
import type { Attempt } from "./contender";
import type { ClientRequest } from "node:http";

/** What a script has in the end. */
export interface ScriptResult {
  readonly id: string;
  readonly status: string;
}

/**
 * Runs a script as a process of its own, as far as Apify can tell: its requests carry a `User-Agent`
 * by which they are ended, and later ones refused, when it is killed.
 */
export function runScript(
  world: World,
  { userAgent, script }: { userAgent: string; script: () => Promise<ScriptResult> },
): Attempt {
  const underWay = new Set<ClientRequest>();
  let dead = false;

  const note = (message: unknown): void => {
    const { request } = message as { request: ClientRequest };
    if (!String(request.getHeader("user-agent")).endsWith(userAgent)) return;
    underWay.add(request);
    request.once("close", () => underWay.delete(request));
  };
  subscribe("http.client.request.start", note);
  world.whenClosed(() => {
    unsubscribe("http.client.request.start", note);
  });
  world.emulator.use(({ headers }, { socket }) => {
    if (!dead || headers["user-agent"]?.endsWith(userAgent) !== true) return "pass";
    socket.destroy();
    return "handled";
  });

  return {
    ending: script().then(
      ({ id, status }) => ({ outcome: status, told: id }),
      // What Node prints of an error that nobody caught: the most that a user gets without own code.
      (error: unknown) => ({ outcome: messageOf(error), told: inspect(error) }),
    ),
    kill: () => {
      dead = true;
      for (const request of underWay) {
        // Its sockets close, but nothing is left in it that could hear of that.
        request.removeAllListeners("error").on("error", () => undefined);
        request.destroy();
      }
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
