import assert from "node:assert/strict";
import { connect } from "../../../provider/apify/connection";
import { ApifyError, ApifyNoResponseError } from "../../../provider/apify/errors";
import { createAutoClock, endable } from "../../support/fakeClock";
import { json } from "../../support/httpServer";
import type { ApiRequest } from "../../../provider/apify/apiRequest";
import type { ConnectionOptions } from "../../../provider/apify/connection";

export const token = "apify_api_SECRET0123456789";
export const get: ApiRequest = { method: "GET", path: "/v2/x" };
export const post = {
  method: "POST",
  repeatable: "ifNotProcessed",
  path: "/v2/x",
} as const satisfies ApiRequest;
export const fine = json(200, { data: 1 });

/** A connection to a server, with a clock that lets no real time pass. */
export function open(
  server: { readonly baseUrl: string },
  options: Partial<ConnectionOptions> = {},
) {
  const clock = createAutoClock({ holds: endable });
  return connect({
    token,
    baseUrl: server.baseUrl,
    userAgent: "test/1",
    clock,
    ...options,
  });
}

/** The error of a call that has to fail. */
export async function failure(call: Promise<unknown>): Promise<ApifyError | ApifyNoResponseError> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof ApifyError || error instanceof ApifyNoResponseError);
    return error;
  }
  assert.fail("the call succeeded");
}

/** The error of a call that Apify answers with one. */
export async function apifyError(call: Promise<unknown>): Promise<ApifyError> {
  const error = await failure(call);
  assert.ok(error instanceof ApifyError);
  return error;
}

/** The error of a call that gets no usable response. */
export async function noResponse(call: Promise<unknown>): Promise<ApifyNoResponseError> {
  const error = await failure(call);
  assert.ok(error instanceof ApifyNoResponseError);
  return error;
}
