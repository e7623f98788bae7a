import { json } from "../http/answer";
import { ApiError } from "../http/errors";
import type { Answer } from "../http/answer";
import type { ErrorType } from "../http/errorTypes";
import type { ErrorDetails } from "../http/errors";
import type { JsonObject } from "../json";
import type { Fault, FaultAnswer, Work } from "./fault";

/** 429: https://docs.apify.com/api/v2#rate-limiting */
export function rateLimited(retryAfter?: string): FaultAnswer {
  return {
    ...refusal("rate-limit-exceeded"),
    ...(retryAfter === undefined ? {} : { headers: { "Retry-After": retryAfter } }),
  };
}

/** 402 for a start that exceeds the memory of the account. */
export function memoryLimitExceeded(): FaultAnswer {
  return refusal("actor-memory-limit-exceeded");
}

/** 402 for a start that exceeds the number of concurrent runs of the account. */
export function concurrentRunsExceeded(): FaultAnswer {
  return refusal("concurrent-runs-limit-exceeded");
}

/** 500. */
export function serverError(work: Work): FaultAnswer {
  return { ...refusal("internal-server-error"), work };
}

/** 408: the server gave up, whether or not it has carried out the request. */
export function requestTimeout(work: Work): FaultAnswer {
  const message = "The request timed out";
  return { kind: "answer", work, status: 408, type: "request-timeout", message };
}

/** An HTML page, as a proxy between the client and Apify may send. */
export function htmlPage(status: number, work: Work): FaultAnswer {
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  const body = `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`;
  return { kind: "answer", work, status, headers, body };
}

/** 302 to another URL. */
export function redirect(to: string): FaultAnswer {
  return { kind: "answer", work: "none", status: 302, headers: { Location: to }, body: "" };
}

/** 500 with a message of this many bytes. */
export function hugeError(bytes: number): FaultAnswer {
  return { ...serverError("none"), message: "x".repeat(bytes) };
}

/**
 * Carries out the request, and replaces fields of `data` in the answer; `undefined` removes a field.
 * Only this answer changes, not the data in the emulator.
 */
export function withData(patch: JsonObject, headers: Readonly<Record<string, string>> = {}): Fault {
  const change = (answer: Answer): Answer => {
    const { data } = JSON.parse(answer.body.toString("utf8")) as { data: JsonObject };
    return json(answer.status, { data: { ...data, ...patch } }, { ...answer.headers, ...headers });
  };
  return { kind: "change", change };
}

/** One of Apify's errors, by its type. The request is not carried out. */
export function refusal(type: ErrorType, details: ErrorDetails = {}): FaultAnswer {
  const { status, message, data } = new ApiError(type, details);
  return { kind: "answer", work: "none", status, type, message, ...(data && { data }) };
}
