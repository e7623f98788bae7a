import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { pulumiLibraries } from "../engine/pulumiLibraries";
import schema from "./schema.json";
import { currentSession } from "./currentSession";
import { providerCalls } from "./providerCalls";
import { resourceCalls } from "./resourceCalls";
import type { SessionOptions } from "./session";

/** The plugin while it listens. */
export interface PluginServer {
  readonly port: number;
  readonly close: () => void;
}

/** As much as Pulumi's own plugins accept: a state may be large. */
const maxMessageBytes = 400 * 1024 * 1024;

/** Serves Pulumi's engine on a free port of this machine. */
export async function serve(options: SessionOptions): Promise<PluginServer> {
  const { grpc } = pulumiLibraries();
  const server = new grpc.Server({
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
  });
  const session = currentSession(options);
  server.addService(ResourceProviderService, {
    ...providerCalls(schema, session),
    ...resourceCalls(session),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    port,
    close: () => {
      server.forceShutdown();
    },
  };
}
