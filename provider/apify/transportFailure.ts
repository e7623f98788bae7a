/** Why a request got no response. */
export interface TransportFailure {
  /** `neverArrived`: the request cannot have reached the server. `lost`: it may have. */
  readonly kind: "neverArrived" | "lost";
  readonly reason: string;
  /** The code of Node's error, if it has one. */
  readonly code?: string;
  /** Node's error. Axios's own is not kept, since it holds the request's headers and so the token. */
  readonly cause?: unknown;
}

/** Node's error codes for a connection that was never established. */
const unconnectedCodes =
  /^(ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ERR_TLS_CERT_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_INVALID_URL)/;

/** Converts an error that axios threw. Pure. */
export function transportFailure(error: unknown): TransportFailure {
  const code = errorField(error, "code");
  const syscall = errorField(error, "syscall");
  // An established connection can end with the same codes: Linux reports an ICMP "unreachable" to reads and writes.
  const isEstablished = syscall === "read" || syscall === "write";
  const kind =
    syscall === "connect" || (unconnectedCodes.test(code ?? "") && !isEstablished)
      ? "neverArrived"
      : "lost";
  const cause = error instanceof Error ? error.cause : undefined;
  return { kind, reason: describe(error), ...(code && { code }), ...(cause ? { cause } : {}) };
}

/** The code and the message of an error. */
export function describe(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = errorField(error, "code");
  return code === undefined || message.includes(code) ? message || "unknown" : `${code} ${message}`;
}

function errorField(error: unknown, field: "code" | "syscall"): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const value = (error as unknown as Record<string, unknown>)[field];
  return typeof value === "string" ? value : errorField(error.cause, field);
}
