import { errorTypes } from "./errorTypes";
import type { JsonObject } from "../state/run";
import type { ErrorType } from "./errorTypes";

/** What an error says beside its type, where the type's own status and message do not fit. */
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

/** 404 for what does not exist, and for what belongs to somebody else. */
export function notFound(what: string): ApiError {
  return new ApiError("record-not-found", { message: `${what} was not found` });
}

/** 400 for a query parameter or a body that Apify would not take. */
export function invalidValue(message: string): ApiError {
  return new ApiError("invalid-value", { message });
}

/** 400 for a body that is JSON, but of the wrong kind. */
export function notAnObject(): ApiError {
  return new ApiError("invalid-request");
}
