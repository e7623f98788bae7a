import assert from "node:assert/strict";
import { sendOnce } from "../../../provider/apify/http";
import { createFakeClock } from "../../support/fakeClock";
import {} from "../../support/httpServer";
import type { HttpRequest, HttpResult } from "../../../provider/apify/http";
import type { FakeClock } from "../../support/fakeClock";

/** Sends a request to `/v2/x` of a server, exactly once. */
export function send(
  server: { readonly baseUrl: string },
  request: Partial<HttpRequest> = {},
  clock: FakeClock = createFakeClock(),
): Promise<HttpResult> {
  return sendOnce(
    {
      method: "GET",
      url: `${server.baseUrl}/v2/x`,
      headers: { Authorization: "Bearer secret" },
      timeoutMillis: 30_000,
      maxResponseBytes: 1024,
      connection: "fresh",
      ...request,
    },
    clock,
  );
}

/** The body of a response that came whole. */
export async function whole(result: Promise<HttpResult>): Promise<string> {
  const ended = await result;
  assert.equal(ended.kind, "response");
  assert.equal(ended.cut, undefined);
  return ended.body.toString("utf8");
}

/** What came of a response that broke off, and why it did. */
export async function cutShort(
  result: Promise<HttpResult>,
): Promise<{ text: string; cut: string }> {
  const ended = await result;
  assert.equal(ended.kind, "response");
  assert.ok(ended.cut !== undefined);
  return { text: ended.body.toString("utf8"), cut: ended.cut };
}
