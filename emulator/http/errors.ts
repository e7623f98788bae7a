import type { JsonObject } from "../state/shapes";

/** An answer in Apify's error envelope: `{"error":{"type","message"}}`. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly type: string;
  readonly data: JsonObject | undefined;

  constructor(status: number, type: string, message: string, data?: JsonObject) {
    super(message);
    this.status = status;
    this.type = type;
    this.data = data;
  }
}

/** 404 for what does not exist, and for what belongs to somebody else. */
export function notFound(what: string): ApiError {
  return new ApiError(404, "record-not-found", `${what} was not found`);
}

/** 400 for a query parameter or a body that Apify would not take. */
export function invalidValue(message: string): ApiError {
  return new ApiError(400, "invalid-value", message);
}

/** 400 for a body that is JSON, but of the wrong kind. */
export function notAnObject(): ApiError {
  return new ApiError(400, "invalid-request", "POST data must be a JSON object");
}
