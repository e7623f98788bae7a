import { createRequire } from "node:module";
import * as engineProto from "@pulumi/pulumi/proto/engine_pb";
import * as engineService from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { Reporter } from "../lifecycle/context";

/**
 * Shows progress in the row of one resource. `pulumi.log` cannot: in a dynamic provider it is
 * `console.log`, which lands in the row of the stack. The engine's own log service can, and its
 * address is the host's first argument. Where it cannot be reached, standard output has to do.
 */
export function rowReporter(urn: string | undefined): Reporter {
  let lastStatus = "";
  return {
    line: (text) => {
      send(text, urn, "durable");
    },
    status: (text) => {
      if (text === lastStatus) return;
      lastStatus = text;
      send(text, urn, "ephemeral");
    },
  };
}

type Lifetime = "durable" | "ephemeral";

function send(text: string, urn: string | undefined, lifetime: Lifetime): void {
  const client = engine();
  if (client === undefined || urn === undefined) {
    if (lifetime === "durable") console.log(text);
    return;
  }
  const request = new engineProto.LogRequest();
  request.setSeverity(engineProto.LogSeverity.INFO);
  request.setMessage(text);
  request.setUrn(urn);
  request.setEphemeral(lifetime === "ephemeral");
  // One after the other: the engine shows what comes last.
  queue = queue.then(
    () =>
      new Promise((sent) => {
        client.log(request, (error) => {
          if (error !== null && lifetime === "durable") console.log(text);
          sent();
        });
      }),
  );
}

let queue: Promise<void> = Promise.resolve();

let cached: EngineClient | "none" | undefined;

function engine(): EngineClient | undefined {
  cached ??= connect() ?? "none";
  return cached === "none" ? undefined : cached;
}

function connect(): EngineClient | undefined {
  const address = process.argv[2];
  if (address === undefined || !/^[\w.[\]:-]+:\d+$/.test(address)) return undefined;
  try {
    // The gRPC library is Pulumi's, not ours: taking Pulumi's own copy keeps the two in step.
    const fromPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
    const grpc = fromPulumi("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
    return new engineService.EngineClient(address, grpc.credentials.createInsecure());
  } catch {
    return undefined;
  }
}
