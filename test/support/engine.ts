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
  /** Resolves with the first line that fits. */
  untilLine(pattern: RegExp): Promise<EngineLine>;
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
  const until = <T>(sight: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const look = (): void => {
        const seen = sight();
        if (seen === undefined) return;
        watchers.delete(look);
        resolve(seen);
      };
      watchers.add(look);
      look();
    });
  return {
    address: `127.0.0.1:${port}`,
    lines,
    untilLines: async (count) => {
      await until(() => (lines.length < count ? undefined : lines));
    },
    untilLine: (pattern) => until(() => lines.find(({ text }) => pattern.test(text))),
    close: () => {
      server.forceShutdown();
    },
  };
}
