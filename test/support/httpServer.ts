import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import type { IncomingMessage, OutgoingHttpHeaders, Server, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A request as it reached the server, body included. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** Says what becomes of one request, once all of it has arrived. */
export type Answer = (response: ServerResponse, request: ReceivedRequest) => void;

/** A server that a test has started. */
export interface TestServer {
  readonly baseUrl: string;
  /** Everything that has arrived so far. */
  readonly requests: readonly ReceivedRequest[];
}

/** Starts servers for the tests of one `describe`, and closes them after each test. */
export function testServers(): {
  /** Answers the first request with the first answer and so on; the last one goes on for ever. */
  readonly serve: (...answers: readonly [Answer, ...Answer[]]) => Promise<TestServer>;
  /** A server below HTTP, for what no HTTP server would send. */
  readonly serveTcp: (
    onConnection: (socket: Socket) => void,
  ) => Promise<{ readonly baseUrl: string }>;
  /** An address at which nobody listens. */
  readonly nobody: () => Promise<{ readonly baseUrl: string }>;
} {
  const closings: (() => void)[] = [];
  afterEach(() => {
    for (const close of closings.splice(0)) close();
  });
  return {
    serve: async (...answers) => {
      const requests: ReceivedRequest[] = [];
      const server = createServer((incoming, response) => {
        void receive(incoming).then((request) => {
          requests.push(request);
          const answer = answers[Math.min(requests.length, answers.length) - 1];
          answer?.(response, request);
        });
      });
      closings.push(() => {
        server.close();
        server.closeAllConnections();
      });
      return { baseUrl: await listen(server), requests };
    },
    serveTcp: async (onConnection) => {
      const sockets = new Set<Socket>();
      const server = createTcpServer((socket) => {
        sockets.add(socket);
        socket.on("error", () => undefined);
        onConnection(socket);
      });
      closings.push(() => {
        server.close();
        for (const socket of sockets) socket.destroy();
      });
      return { baseUrl: await listen(server) };
    },
    nobody: async () => {
      const server = createTcpServer();
      const baseUrl = await listen(server);
      server.close();
      await once(server, "close");
      return { baseUrl };
    },
  };
}

/** Answers with a text. */
export function text(status: number, body: string | Buffer, headers?: OutgoingHttpHeaders): Answer {
  return (response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** Answers with a JSON document. */
export function json(status: number, body: unknown, headers?: OutgoingHttpHeaders): Answer {
  return text(status, JSON.stringify(body), { "Content-Type": "application/json", ...headers });
}

/** Promises a whole body, sends the given beginning of it and resets the connection. */
export function cut(
  status: number,
  beginning: string | Buffer,
  headers?: OutgoingHttpHeaders,
): Answer {
  return (response) => {
    response.writeHead(status, { "Content-Length": 100_000, ...headers });
    response.write(beginning, () => response.socket?.destroy());
  };
}

/** Resets the connection without an answer. */
export const reset: Answer = (response) => {
  response.socket?.resetAndDestroy();
};

/** Never answers. */
export const stall: Answer = () => undefined;

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function receive(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const target = incoming.url ?? "";
  const url = new URL(target, "http://server");
  return {
    method: incoming.method ?? "",
    target,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: incoming.headers,
    body: Buffer.concat(chunks),
  };
}
