import { ApifyClient } from "apify-client";
import type { Emulator } from "../../emulator";

/** The official client of an account; it does not repeat requests, so that errors show at once. */
export function clientOf({ url }: Emulator, token = "jane-token"): ApifyClient {
  return new ApifyClient({ baseUrl: url, token, maxRetries: 0 });
}

/** Expects Apify's error of this type. */
export function apifyError(type: string, statusCode: number): object {
  return { name: "ApifyApiError", type, statusCode };
}
