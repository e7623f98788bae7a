import { subscribe } from "node:diagnostics_channel";
import { createGzip } from "node:zlib";
import type { ClientRequest, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Transform } from "node:stream";

/** What this process is doing over HTTP; both ends of each connection are in it. */
export interface Traffic {
  /** How many requests all have arrived; undefined while a byte is on its way or is being unpacked. */
  settledRequests(): number | undefined;
  /** How many requests were sent in all, so that one that came and went is noticed. */
  sent(): number;
  /** Who is not through, for an error message. */
  describe(): string;
}

const sentRequests = new Set<ClientRequest>();
const servedSockets = new Map<ServerResponse, Socket>();
const unpacking = new Set<Transform>();
let sent = 0;

subscribe("http.client.request.start", (message) => {
  const { request } = message as { request: ClientRequest };
  sent += 1;
  sentRequests.add(request);
  request.once("close", () => sentRequests.delete(request));
});
subscribe("http.server.request.start", (message) => {
  const { response, socket } = message as { response: ServerResponse; socket: Socket };
  servedSockets.set(response, socket);
  response.once("close", () => servedSockets.delete(response));
});
watchCompression();

/** Watches the requests that are sent from now on. */
export function watchTraffic(): Traffic {
  const before = new Set<unknown>([...sentRequests, ...servedSockets.keys()]);
  const ours = <T>(all: Iterable<T>): T[] => [...all].filter((each) => !before.has(each));
  return {
    settledRequests: () => {
      const requests = ours(sentRequests);
      const responses = ours(servedSockets.keys());
      if (unpacking.size > 0 || requests.length !== responses.length) return undefined;
      const served = new Map(
        responses.map((response) => {
          const socket = servedSockets.get(response);
          return [`${socket?.remotePort} ${socket?.localPort}`, socket];
        }),
      );
      // Equal numbers are not enough: the server may not have noticed yet that one client went away
      // while the request of another is still on its way.
      const met = requests.every(({ socket }) => {
        const peer = served.get(`${socket?.localPort} ${socket?.remotePort}`);
        return peer !== undefined && peer.bytesWritten === socket?.bytesRead;
      });
      return met ? requests.length : undefined;
    },
    sent: () => sent,
    describe: () => {
      const lines = ours(sentRequests).map(({ method, path }) => `${method} ${path}`);
      return lines.length === 0 ? "no request is under way" : `under way: ${lines.join(", ")}`;
    },
  };
}

/**
 * Compression works on threads of its own, which nothing else tells of: a large answer is unpacked
 * after its request has ended, a large body packed before it begins.
 */
function watchCompression(): void {
  let prototype = Object.getPrototypeOf(createGzip()) as Transform;
  while (!Object.hasOwn(prototype, "_transform")) {
    prototype = Object.getPrototypeOf(prototype) as Transform;
  }
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called below with its `this`
  const { _transform } = prototype;
  prototype._transform = function (this: Transform, chunk, encoding, callback) {
    unpacking.add(this);
    // A stream that fails in its work never calls back.
    const forget = (): void => {
      unpacking.delete(this);
    };
    this.once("close", forget);
    _transform.call(this, chunk, encoding, (...result) => {
      this.off("close", forget);
      forget();
      callback(...result);
    });
  };
}
