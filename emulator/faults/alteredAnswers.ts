import { gunzipSync } from "node:zlib";
import type { Answer } from "../http/answer";

/** The same status and headers over another body, which is not compressed. */
export function withBody(answer: Answer, body: string): Answer {
  const headers = Object.entries(answer.headers).filter(([name]) => name !== "Content-Encoding");
  return { ...answer, headers: Object.fromEntries(headers), body: Buffer.from(body) };
}

/** The same answer, not compressed. */
export function uncompressed(answer: Answer): Answer {
  if (answer.headers["Content-Encoding"] !== "gzip") return answer;
  return withBody(answer, gunzipSync(answer.body).toString("utf8"));
}

/** Half the bytes of a body. */
export function halfOf(body: Buffer): number {
  return Math.floor(body.length / 2);
}

/** A body in so many pieces, or fewer when it has not as many bytes. */
export function chunksOf(body: Buffer, count: number): Buffer[] {
  const size = Math.max(1, Math.ceil(body.length / count));
  const pieces: Buffer[] = [];
  for (let from = 0; from < body.length; from += size) {
    pieces.push(body.subarray(from, from + size));
  }
  return pieces;
}
