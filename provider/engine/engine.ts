import { closeSync, openSync } from "node:fs";
import { createPollLength } from "../run/pollLength";
import { createSigintHandler } from "./sigint";
import { engineAddress, watchEngine } from "./watchEngine";
import { createEngineLog } from "./engineLog";
import type { Audience, PollLength } from "../run/pollLength";
import type { InterruptibleOperation } from "./sigint";
import type { EngineLog } from "./engineLog";

/** The connection of a shell to the Pulumi engine that runs the deployment. */
export interface Engine {
  readonly log: EngineLog;
  /** How often runs are polled, depending on whether a person watches the engine's output. */
  readonly pollLength: PollLength;
  /** Begins an operation that ends early when the user terminates the deployment (the second ^C). */
  readonly beginOperation: () => InterruptibleOperation;
}

/** How a shell is connected. */
export interface ConnectOptions {
  /** The engine's address. Default: the first argument of the process. */
  readonly address?: string | undefined;
  /** Begins an operation. Default: one that SIGINT ends. */
  readonly beginOperation?: Engine["beginOperation"];
}

/**
 * Connects to the engine that started this process. From then on the process exits when the engine does, in a
 * preview too. Pulumi's dynamic host does not notice it, and would continue with nobody to answer to.
 */
export function connectEngine(host: NodeJS.Process, options: ConnectOptions = {}): Engine {
  const address = engineAddress(options.address ?? host.argv[2]);
  if (address !== undefined) {
    watchEngine(address, () => {
      host.exit(1);
    });
  }
  return {
    log: createEngineLog(address, console.log),
    pollLength: createPollLength(detectAudience()),
    beginOperation: options.beginOperation ?? createSigintHandler(host).begin,
  };
}

/**
 * Whether a person at a terminal started the command. The output of this process is a pipe to the engine, but
 * the two share the person's controlling terminal, and a CI job has none. On Windows the answer is
 * always "none".
 */
export function detectAudience(terminal = "/dev/tty"): Audience {
  try {
    closeSync(openSync(terminal, "r"));
    return "terminal";
  } catch {
    return "none";
  }
}
