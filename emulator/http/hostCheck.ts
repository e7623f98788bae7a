import { ApiError } from "./errors";
import type { IncomingHttpHeaders } from "node:http";

const localHostnames = /^(localhost|[\w-]+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i;

/**
 * Refuses requests that a web page can make a browser on this machine send: with the page's `Origin`,
 * or with a `Host` that the page's owner resolves to 127.0.0.1 (DNS rebinding). The emulator listens
 * on this machine only, and its token is not a secret.
 *
 * @throws ApiError, 403, if a header names another machine
 */
export function checkHostAndOrigin(headers: IncomingHttpHeaders): void {
  const { host, origin } = headers;
  if (!isThisMachine(`http://${host ?? ""}`)) throw refusal("Host", host ?? "");
  if (origin !== undefined && !isThisMachine(origin)) throw refusal("Origin", origin);
  // An image or a script of a page has no Origin. A link may lead here.
  if (headers["sec-fetch-mode"] !== "navigate") checkNotCrossSite(headers);
}

/**
 * Refuses what another site made the browser request, a link included: a GET can have an effect too.
 *
 * @throws ApiError, 403
 */
export function checkNotCrossSite(headers: IncomingHttpHeaders): void {
  const site = headers["sec-fetch-site"];
  if (site === "cross-site") throw refusal("Sec-Fetch-Site", site);
}

/** Whether a URL, or an `Origin`, leads to this machine. */
export function isThisMachine(origin: string): boolean {
  return URL.canParse(origin) && localHostnames.test(new URL(origin).hostname);
}

function refusal(header: string, value: string): ApiError {
  const message =
    `The emulator serves only programs on its own machine, but the ${header} header of this ` +
    `request is "${value}". Use http://127.0.0.1 or http://localhost with the emulator's port.`;
  return new ApiError("invalid-header", { status: 403, message });
}
