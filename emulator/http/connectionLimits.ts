import type { ServerOptions } from "node:http";

/** How long the server waits for clients, and how much it reads of their headers. */
export interface ConnectionLimits {
  /** Of the URL and all headers together; a request with more gets a 431. */
  readonly maxHeaderBytes: number;
  /** From the start of the connection or of the request to the end of its headers, else a 408. */
  readonly headersMillis: number;
  /** To the end of the body, else a 408. The time until the answer does not count. */
  readonly requestMillis: number;
  /** How long a connection may stay open between two requests. */
  readonly idleMillis: number;
  /** How long a client may read nothing of its answer until its connection is closed. */
  readonly unreadAnswerMillis: number;
  /** How often slow requests are looked for. */
  readonly checkMillis: number;
}

const defaults: ConnectionLimits = {
  maxHeaderBytes: 16_384,
  headersMillis: 30_000,
  requestMillis: 120_000,
  // With Node's default of 5 s, a test that reuses a connection could get it reset.
  idleMillis: 65_000,
  unreadAnswerMillis: 120_000,
  checkMillis: 10_000,
};

/** The defaults, and what is given instead of them. */
export function completeLimits(given: Partial<ConnectionLimits> = {}): ConnectionLimits {
  return { ...defaults, ...given };
}

/** The options of a server with these limits. */
export function serverOptions(limits: ConnectionLimits): ServerOptions {
  return {
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headersMillis,
    requestTimeout: limits.requestMillis,
    keepAliveTimeout: limits.idleMillis,
    connectionsCheckingInterval: limits.checkMillis,
  };
}
