import { ApiError } from "./errors";
import type { IncomingHttpHeaders } from "node:http";

const localHostnames = /^(localhost|[\w-]+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i;

/**
 * Refuses what a web page could send. The emulator listens to this machine only, and its token is
 * printed for all to read; but a browser on this machine sends requests for any page (`Origin`), and
 * a page can have a name of its own lead here (`Host`, DNS rebinding).
 *
 * @throws ApiError, 403, when a header names another machine
 */
export function checkHostAndOrigin({ host, origin }: IncomingHttpHeaders): void {
  if (!isThisMachine(`http://${host ?? ""}`)) throw refusal("Host", host ?? "");
  if (origin !== undefined && !isThisMachine(origin)) throw refusal("Origin", origin);
}

function isThisMachine(origin: string): boolean {
  return URL.canParse(origin) && localHostnames.test(new URL(origin).hostname);
}

function refusal(header: string, value: string): ApiError {
  const message =
    `The emulator serves programs on its own machine only, but the header ${header} of this ` +
    `request is "${value}". Use http://127.0.0.1 or http://localhost with the emulator's port.`;
  return new ApiError("invalid-header", { status: 403, message });
}
