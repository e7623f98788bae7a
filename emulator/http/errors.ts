import { errorTypes } from "./errorTypes";
import type { JsonObject } from "../json";
import type { ErrorType } from "./errorTypes";

/** Overrides of the status and the message of an error's type, and its data. */
export interface ErrorDetails {
  readonly status?: number | undefined;
  readonly message?: string | undefined;
  readonly data?: JsonObject | undefined;
}

/** An answer in Apify's error envelope: `{"error":{"type","message"}}`. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly type: ErrorType;
  readonly data: JsonObject | undefined;

  constructor(type: ErrorType, { status, message, data }: ErrorDetails = {}) {
    const [usualStatus, usualMessage] = errorTypes[type];
    super(message ?? usualMessage);
    this.status = status ?? usualStatus;
    this.type = type;
    this.data = data;
  }
}

/** 404 for something that does not exist or belongs to another account. */
export function notFound(what: string): ApiError {
  return new ApiError("record-not-found", { message: `${what} was not found` });
}

/** 400 for an invalid query parameter or body. */
export function invalidValue(message: string): ApiError {
  return new ApiError("invalid-value", { message });
}

/** 400 for a JSON body that is not an object. */
export function notAnObject(): ApiError {
  return new ApiError("invalid-request");
}

/** Any error as one that can be answered. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  // Without the stack, which would show paths of this machine.
  const reason = error instanceof Error ? error.message : String(error);
  return new ApiError("internal-server-error", { message: `The emulator failed: ${reason}` });
}
