import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { JsonObject } from "../../../emulator";

/** A webhook that was received. */
export interface ReceivedWebhook {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

/** A server that webhooks are delivered to. */
export interface WebhookReceiver {
  readonly url: string;
  readonly received: readonly ReceivedWebhook[];
  /** The statuses of the next answers; "none" leaves a request open. @default 200 for each */
  readonly answers: (number | "none")[];
  /** Resolves when this many webhooks were received. */
  readonly count: (count: number) => Promise<void>;
}

/** The query that starts a run with these webhooks. */
export function webhooksQuery(...webhooks: JsonObject[]): string {
  return `?webhooks=${encodeURIComponent(Buffer.from(JSON.stringify(webhooks)).toString("base64"))}`;
}

const opened = new Set<() => Promise<void>>();

/** Closes the receivers of each test in the enclosing suite. */
export function closeReceiversAfterEach(): void {
  afterEach(async () => {
    await Promise.all([...opened].map((close) => close()));
    opened.clear();
  });
}

/** Starts a receiver; {@link closeReceiversAfterEach} closes it. */
export async function startReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const answers: (number | "none")[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      received.push({ path: request.url ?? "", headers: request.headers, body });
      answer(response, answers.shift() ?? 200);
      for (const check of [...waiting]) check();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  opened.add(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return {
    url,
    received,
    answers,
    count: (count) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (received.length < count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
  };

  function answer(response: ServerResponse, status: number | "none"): void {
    if (status === "none") return;
    response.writeHead(status, { Location: url });
    response.end(`answer ${received.length}`);
  }
}
