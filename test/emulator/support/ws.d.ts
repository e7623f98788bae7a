/** The part of the WebSocket client of Apify's SDK that the tests use. */
declare module "ws" {
  import type { EventEmitter } from "node:events";

  export class WebSocket extends EventEmitter {
    constructor(url: string, options?: { headers?: Record<string, string> });
    close(code?: number): void;
    terminate(): void;
  }
}
