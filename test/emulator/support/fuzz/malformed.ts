import { hostileText } from "./values";
import type { Choices } from "./choices";

const heads = [
  "GET /v2/users/me HTTP/1.1",
  "POST /v2/actor-tasks/~scrape/runs HTTP/1.1",
  "POST /v2/actor-tasks/~scrape/runs HTTP/1.0",
  "GET /v2/users/me HTTP/2.0",
  "GET /v2/users/me",
  "GET http://evil.example/v2/users/me HTTP/1.1",
  "GET //evil.example/v2/users/me HTTP/1.1",
  "GET \\v2\\users HTTP/1.1",
  "get /v2/users/me HTTP/1.1",
  "CONNECT evil.example:443 HTTP/1.1",
  "OPTIONS * HTTP/1.1",
  "PRI * HTTP/2.0",
  "",
] as const;

const lines = [
  "Host: localhost",
  "Host: evil.example",
  "Authorization: Bearer jane-token",
  "Content-Type: application/json",
  "Content-Length: 2",
  "Content-Length: 9",
  "Content-Length: 0",
  "Content-Length: -1",
  "Content-Length: 99999999999999999999",
  "Content-Length: 10000000",
  "Content-Length: x",
  "Transfer-Encoding: chunked",
  "Transfer-Encoding: chunked, chunked",
  "Transfer-Encoding: gzip",
  "Content-Encoding: gzip",
  "Expect: 100-continue",
  "Expect: x",
  "Connection: keep-alive",
  "Connection: close",
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  ": x",
  "X",
  "X: \u0000",
  " folded",
] as const;

const bodies = [
  "",
  "{}",
  "{",
  "2\r\n{}\r\n0\r\n\r\n",
  "ffffffffffffffff\r\n",
  "zz\r\n",
  "-1\r\n",
] as const;

/** Bytes that are nearly a request. */
export function malformedRequest(choices: Choices): Buffer {
  const { among, list, oneIn } = choices;
  if (oneIn(20)) return Buffer.from(hostileText(choices), "utf8");
  const many = oneIn(50) ? Array.from({ length: 3_000 }, () => "X: y") : [];
  const headers = [...list(8, () => among(lines)), ...many];
  const end = oneIn(10) ? "\n" : "\r\n";
  return Buffer.from(
    `${[among(heads), ...headers].join(end)}${end}${end}${among(bodies)}`,
    "latin1",
  );
}
