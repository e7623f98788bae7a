import { setTimeout as sleep } from "node:timers/promises";
import * as engineProto from "@pulumi/pulumi/proto/engine_pb";
import * as engineService from "@pulumi/pulumi/proto/engine_grpc_pb";
import { systemClock } from "../apify/clock";
import { pulumiLibraries } from "./pulumiLibraries";
import type { Message } from "../apify/message";
import type { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { Reporter } from "../run/reporter";

/**
 * The engine's log, which shows a text in the row of a resource. `pulumi.log` cannot do that: in a dynamic
 * provider it is `console.log`, whose text appears in the row of the stack.
 */
export interface EngineLog {
  /** Queues a text that a `Reporter` reports. Without a URN or an engine the text is printed, unless it is a status. */
  write(kind: "line" | "log" | "status", urn: string | undefined, text: Message): void;
  /**
   * Resolves when the engine has received every text, or after two seconds: an engine that hangs must not
   * delay the provider's answer. After the answer to its last operation the engine may exit, and does not
   * show texts that arrive later.
   */
  flush(): Promise<void>;
}

/**
 * Milliseconds after which an unchanged status is sent again. Without a terminal, this prints a line about
 * once a minute, so that a log shows that the deployment is still in progress.
 */
const heartbeatMillis = 40_000;

/** Reports the progress of one resource in the engine's log. */
export function resourceReporter(
  urn: string | undefined,
  log: EngineLog,
  now: () => number = () => systemClock.monotonicMillis(),
): Reporter {
  let last: { readonly text: Message; readonly millis: number } | undefined;
  return {
    line: (text) => {
      log.write("line", urn, text);
    },
    log: (text) => {
      log.write("log", urn, text);
    },
    status: (text) => {
      const millis = now();
      if (text === last?.text && millis - last.millis < heartbeatMillis) return;
      last = { text, millis };
      log.write("status", urn, text);
    },
    shown: () => log.flush(),
  };
}

/** Maximum time for `EngineLog.flush`, in milliseconds. */
const longestFlushMillis = 2000;

/**
 * A log of the engine at this address, connected when it is first needed. `print` receives the lines
 * that cannot be sent to the engine.
 */
export function createEngineLog(
  address: string | undefined,
  print: (text: string) => void,
): EngineLog {
  let client: EngineClient | undefined;
  let queue: Promise<void> = Promise.resolve();
  let unsent = 0;
  const shown = new Set<string>();
  return {
    write: (kind, urn, text) => {
      if (kind === "line") {
        // With --refresh the engine calls `diff` twice for a resource, which reports the same lines twice.
        const line = `${urn ?? ""} ${text}`;
        if (shown.has(line)) return;
        shown.add(line);
      }
      client ??= urn === undefined ? undefined : connect(address);
      if (client === undefined || urn === undefined) {
        if (kind !== "status") print(text);
        return;
      }
      const engine = client;
      const request = new engineProto.LogRequest();
      request.setSeverity(engineProto.LogSeverity.INFO);
      request.setMessage(text);
      request.setUrn(urn);
      request.setEphemeral(kind === "status");
      unsent++;
      // Send one after the other, since the engine shows the text that arrives last.
      queue = queue.then(
        () =>
          new Promise((sent) => {
            engine.log(request, (error) => {
              if (error !== null && kind !== "status") print(text);
              unsent--;
              sent();
            });
          }),
      );
    },
    flush: async () => {
      if (unsent === 0) return;
      const limit = new AbortController();
      const over = sleep(longestFlushMillis, undefined, { signal: limit.signal }).catch(
        () => undefined,
      );
      await Promise.race([queue, over]);
      limit.abort();
    },
  };
}

function connect(address: string | undefined): EngineClient | undefined {
  if (address === undefined) return undefined;
  try {
    const { grpc } = pulumiLibraries();
    return new engineService.EngineClient(address, grpc.credentials.createInsecure());
  } catch {
    return undefined;
  }
}
