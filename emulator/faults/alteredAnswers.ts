import { gunzipSync } from "node:zlib";
import type { Answer } from "../http/answer";

/** The same status and headers with another, uncompressed body. */
export function withBody(answer: Answer, body: string): Answer {
  const headers = Object.entries(answer.headers).filter(([name]) => name !== "Content-Encoding");
  return { ...answer, headers: Object.fromEntries(headers), body: Buffer.from(body) };
}

/** The same answer with an uncompressed body. */
export function uncompressed(answer: Answer): Answer {
  if (answer.headers["Content-Encoding"] !== "gzip") return answer;
  return withBody(answer, gunzipSync(answer.body).toString("utf8"));
}

/** Half the length of a body, in bytes. */
export function halfOf(body: Buffer): number {
  return Math.floor(body.length / 2);
}

/** Splits a body into `count` chunks, or fewer if it has fewer bytes. */
export function chunksOf(body: Buffer, count: number): Buffer[] {
  const size = Math.max(1, Math.ceil(body.length / count));
  const chunks: Buffer[] = [];
  for (let from = 0; from < body.length; from += size) {
    chunks.push(body.subarray(from, from + size));
  }
  return chunks;
}
