import { ApiError } from "../http/errors";
import type { IncomingHttpHeaders } from "node:http";

/**
 * Refuses a form that another site made the browser send. Browsers send `Origin` with every form; the
 * cookie alone proves nothing, because `SameSite` treats all ports of this machine as one site.
 *
 * @throws ApiError, 403, unless the form comes from a page of this address
 */
export function checkSameOrigin(headers: IncomingHttpHeaders): void {
  const { host = "", origin } = headers;
  const fetchSite = headers["sec-fetch-site"];
  const isOwn = origin?.toLowerCase() === `http://${host.toLowerCase()}`;
  if (isOwn && (fetchSite === undefined || fetchSite === "same-origin")) return;
  const message =
    origin === undefined
      ? "The request has no Origin header, so it does not come from a form of these pages."
      : `The form was sent from ${origin}, but only the pages of http://${host} may change something here.`;
  throw new ApiError("invalid-header", { status: 403, message });
}
