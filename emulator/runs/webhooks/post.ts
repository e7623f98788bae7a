import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { IncomingMessage } from "node:http";

/** A request that delivers a webhook. */
export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly certificates: "checked" | "ignored";
  readonly signal: AbortSignal;
}

/** The answer to a webhook. */
export interface WebhookAnswer {
  readonly status: number;
  /** Its beginning. */
  readonly body: string;
}

const maxAnswerBytes = 65_536;

/** Sends a webhook. A redirect is an answer like any other, and is not followed. */
export function postWebhook({
  url,
  headers,
  body,
  certificates,
  signal,
}: WebhookRequest): Promise<WebhookAnswer> {
  return new Promise((resolve, reject) => {
    const options = {
      method: "POST",
      headers: { ...headers, "Content-Length": Buffer.byteLength(body) },
      // A connection of its own, which does not outlive the request.
      agent: false as const,
      signal,
      ...(certificates === "ignored" ? { rejectUnauthorized: false } : {}),
    };
    const send = url.startsWith("https:") ? httpsRequest : httpRequest;
    const sent = send(url, options, (response) => {
      void beginningOf(response).then((text) => {
        resolve({ status: response.statusCode ?? 0, body: text });
      }, reject);
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= maxAnswerBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxAnswerBytes).toString("utf8");
}
