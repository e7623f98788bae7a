import type { OwnAnswer, Work } from "./fault";

/** 429: https://docs.apify.com/api/v2#rate-limiting */
export function rateLimited(retryAfter?: string): OwnAnswer {
  return {
    kind: "answer",
    work: "none",
    status: 429,
    type: "rate-limit-exceeded",
    message: "You have exceeded the rate limit of 60 requests per second",
    ...(retryAfter === undefined ? {} : { headers: { "Retry-After": retryAfter } }),
  };
}

/** 402 for a start that the account has no memory left for. */
export function memoryLimitExceeded(): OwnAnswer {
  return refusal(402, "actor-memory-limit-exceeded", "You will exceed the memory limit of 8192MB");
}

/** 402 for a start of one run more than the account may have at a time. */
export function concurrentRunsExceeded(): OwnAnswer {
  const message = "You will exceed your limit of 25 concurrent Actor runs and builds";
  return refusal(402, "concurrent-runs-limit-exceeded", message);
}

/** 500. */
export function serverError(work: Work): OwnAnswer {
  const message = "An internal error occurred";
  return { kind: "answer", work, status: 500, type: "internal-server-error", message };
}

/** 408: the server gave up on its answer, whatever it did. */
export function requestTimeout(work: Work): OwnAnswer {
  const message = "The request timed out";
  return { kind: "answer", work, status: 408, type: "request-timeout", message };
}

/** What a proxy between the client and Apify may answer. */
export function htmlPage(status: number, work: Work): OwnAnswer {
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  const body = `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`;
  return { kind: "answer", work, status, headers, body };
}

/** 302 to another address. */
export function redirect(to: string): OwnAnswer {
  return { kind: "answer", work: "none", status: 302, headers: { Location: to }, body: "" };
}

/** 500 with a message of so many bytes. */
export function hugeError(bytes: number): OwnAnswer {
  return { ...serverError("none"), message: "x".repeat(bytes) };
}

function refusal(status: number, type: string, message: string): OwnAnswer {
  return { kind: "answer", work: "none", status, type, message };
}
