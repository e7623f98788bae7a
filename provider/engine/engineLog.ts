import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import * as engineProto from "@pulumi/pulumi/proto/engine_pb";
import * as engineService from "@pulumi/pulumi/proto/engine_grpc_pb";
import { systemClock } from "../apify/clock";
import { engineAddress } from "./engineAddress";
import type { Message } from "../apify/message";
import type { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { Reporter } from "../run/reporter";

/** Shows a text in the row of a resource, or where there is no such row in the output. */
export type RowLog = (text: Message, urn: string | undefined, lifetime: Lifetime) => void;

/** What is `durable` stays, and is shown once; a line of a `log` stays, too; what is `ephemeral` is there until the next text. */
type Lifetime = "durable" | "log" | "ephemeral";

/**
 * Milliseconds after which a status that has not changed is shown once more. Without a terminal that is
 * a line that says, once a minute or so, that the deployment goes on.
 */
const heartbeatMillis = 40_000;

/**
 * Shows progress in the row of one resource. `pulumi.log` cannot: in a dynamic provider it is
 * `console.log`, which lands in the row of the stack. The engine's own log service can, and its
 * address is the host's first argument. Where it cannot be reached, standard output has to do.
 */
export function rowReporter(
  urn: string | undefined,
  log: RowLog = hostLog,
  now: () => number = () => systemClock.monotonicMillis(),
): Reporter {
  let last: { readonly text: Message; readonly millis: number } | undefined;
  return {
    line: (text) => {
      log(text, urn, "durable");
    },
    log: (text) => {
      log(text, urn, "log");
    },
    status: (text) => {
      const millis = now();
      if (text === last?.text && millis - last.millis < heartbeatMillis) return;
      last = { text, millis };
      log(text, urn, "ephemeral");
    },
    shown: everythingShown,
  };
}

let ofThisHost: RowLog | undefined;

/** The log of the engine that started this process; connected when it is first needed. */
const hostLog: RowLog = (...message) => {
  ofThisHost ??= engineLog(process.argv[2], console.log);
  ofThisHost(...message);
};

/** A log at the engine's address; `print` gets the durable lines that the engine does not take. */
export function engineLog(address: string | undefined, print: (text: string) => void): RowLog {
  const client = connect(address);
  let queue: Promise<void> = Promise.resolve();
  const shown = new Set<string>();
  return (text, urn, lifetime) => {
    if (lifetime === "durable") {
      // With --refresh the engine asks twice what is to be done with a resource.
      const line = `${urn ?? ""} ${text}`;
      if (shown.has(line)) return;
      shown.add(line);
    }
    if (client === undefined || urn === undefined) {
      if (lifetime !== "ephemeral") print(text);
      return;
    }
    const request = new engineProto.LogRequest();
    request.setSeverity(engineProto.LogSeverity.INFO);
    request.setMessage(text);
    request.setUrn(urn);
    request.setEphemeral(lifetime === "ephemeral");
    // One after the other: the engine shows what comes last.
    const sending: Promise<void> = queue.then(
      () =>
        new Promise((sent) => {
          client.log(request, (error) => {
            if (error !== null && lifetime !== "ephemeral") print(text);
            sent();
          });
        }),
    );
    queue = sending;
    unsent.add(sending);
    void sending.then(() => unsent.delete(sending));
  };
}

/** The messages that an engine has not taken yet. */
const unsent = new Set<Promise<void>>();

/** An engine that hangs must not hold up what the provider has to answer. */
const longestSendMillis = 2000;

/**
 * Resolves when the engine has taken all that was to be shown. After the answer to its last
 * operation it may end at once, and what comes then is not shown.
 */
export async function everythingShown(): Promise<void> {
  if (unsent.size === 0) return;
  const limit = new AbortController();
  const over = sleep(longestSendMillis, undefined, { signal: limit.signal }).catch(() => undefined);
  await Promise.race([Promise.all(unsent), over]);
  limit.abort();
}

function connect(argument: string | undefined): EngineClient | undefined {
  const address = engineAddress(argument);
  if (address === undefined) return undefined;
  try {
    // The gRPC library is Pulumi's, not ours: taking Pulumi's own copy keeps the two in step.
    const fromPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
    const grpc = fromPulumi("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
    return new engineService.EngineClient(address, grpc.credentials.createInsecure());
  } catch {
    return undefined;
  }
}
