import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { EmulatorState } from "../state/emulatorState";
import type { User } from "../state/entities";

/**
 * The cookie of somebody who has signed in. Its value is derived from the token, so it ends with the
 * token and outlives a restart. Browsers send a cookie to all ports of a host, so other servers of this
 * machine get it: they do not learn the token, but can do with the cookie what its owner can do on the
 * pages. For the same reason its name contains the port.
 */
export function sessionCookie(state: EmulatorState, user: User): string {
  return cookie(`${nameOf(state)}=${keyOf(user)}`);
}

/** The cookie that ends a session. */
export function endedSessionCookie(state: EmulatorState): string {
  return cookie(`${nameOf(state)}=; Max-Age=0`);
}

/** The account that the browser has signed in to. */
export function signedInUser(
  state: EmulatorState,
  headers: Pick<IncomingHttpHeaders, "cookie">,
): User | undefined {
  const start = `${nameOf(state)}=`;
  const pairs = (headers.cookie ?? "").split(";").map((pair) => pair.trim());
  const key = pairs.find((pair) => pair.startsWith(start))?.slice(start.length);
  return key === undefined ? undefined : state.users.find((user) => isSame(key, keyOf(user)));
}

/** The account with this token. The token of an Actor's run is not one of a person. */
export function userWithToken(state: EmulatorState, token: string): User | undefined {
  return state.users.find((user) => isSame(token, user.token));
}

function nameOf({ url }: EmulatorState): string {
  return `local-apify-${new URL(url).port}`;
}

function keyOf({ token }: User): string {
  return createHmac("sha256", token).update("pages of the local Apify").digest("base64url");
}

function cookie(pair: string): string {
  return `${pair}; Path=/; HttpOnly; SameSite=Strict`;
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
