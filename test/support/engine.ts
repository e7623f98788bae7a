import * as grpc from "@grpc/grpc-js";
import * as engineService from "@pulumi/pulumi/proto/engine_grpc_pb";
import { emptyMessage } from "./protobuf";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";

/** One line as the engine got it. */
export interface EngineLine {
  readonly text: string;
  readonly urn: string;
  readonly ephemeral: boolean;
}

/** The part of Pulumi's engine that shows lines. */
export interface FakeEngine {
  readonly address: string;
  readonly lines: readonly EngineLine[];
  /** Resolves when this many lines have come. */
  untilLines(count: number): Promise<void>;
  close(): void;
}

/** Starts an engine; `answer` may keep a line back or refuse it. Default: each is taken at once. */
export async function startEngine(
  answer: (line: EngineLine, take: (error?: Error) => void) => void = (_line, take) => {
    take();
  },
): Promise<FakeEngine> {
  const lines: EngineLine[] = [];
  const watchers = new Set<() => void>();
  const server = new grpc.Server();
  server.addService(engineService.EngineService, {
    log: (
      { request }: grpc.ServerUnaryCall<LogRequest, object>,
      callback: grpc.sendUnaryData<object>,
    ) => {
      const line = {
        text: request.getMessage(),
        urn: request.getUrn(),
        ephemeral: request.getEphemeral(),
      };
      lines.push(line);
      for (const look of [...watchers]) look();
      answer(line, (error) => {
        callback(error ?? null, emptyMessage());
      });
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    address: `127.0.0.1:${port}`,
    lines,
    untilLines: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (lines.length < count) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    close: () => {
      server.forceShutdown();
    },
  };
}
