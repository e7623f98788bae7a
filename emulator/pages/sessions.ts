import { timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { EmulatorState } from "../state/emulatorState";
import type { User } from "../state/entities";

/** A working day. */
const maxAgeSecs = 12 * 60 * 60;

/**
 * Who has signed in to the pages. Each sign-in has a random key in a cookie, which ends with its age,
 * its token and the emulator. Browsers send a cookie to all ports of a host, so other servers of this
 * machine get it: they do not learn the token, but can do with the cookie what its owner can do on the
 * pages until then. For the same reason the cookie's name contains the port.
 */
export interface Sessions {
  /** Begins a session; returns its cookie. */
  readonly begin: (user: User) => string;
  /** Ends the session of a request; returns the cookie that replaces its own. */
  readonly end: (headers: CookieHeader) => string;
  /** The account that the browser has signed in to. */
  readonly userOf: (headers: CookieHeader) => User | undefined;
}

type CookieHeader = Pick<IncomingHttpHeaders, "cookie">;

interface Session {
  readonly user: User;
  /** The one that the account had then. */
  readonly token: string;
  /** Epoch milliseconds. */
  readonly endsAt: number;
}

/** Creates the sessions, which are in memory only. */
export function createSessions(state: EmulatorState): Sessions {
  const byKey = new Map<string, Session>();
  const removeEnded = (): void => {
    for (const [key, session] of byKey) if (!isValid(state, session)) byKey.delete(key);
  };
  return {
    begin: (user) => {
      removeEnded();
      const key = state.newId() + state.newId();
      const endsAt = state.clock.now() + maxAgeSecs * 1000;
      byKey.set(key, { user, token: user.token, endsAt });
      return cookie(state, key, maxAgeSecs);
    },
    end: (headers) => {
      byKey.delete(keyOf(state, headers));
      return cookie(state, "", 0);
    },
    userOf: (headers) => {
      const session = byKey.get(keyOf(state, headers));
      return session !== undefined && isValid(state, session) ? session.user : undefined;
    },
  };
}

/** The account with this token. The token of an Actor's run is not one of a person. */
export function userWithToken({ users }: EmulatorState, token: string): User | undefined {
  return users.find((user) => isSame(token, user.token));
}

function isValid({ clock }: EmulatorState, { user, token, endsAt }: Session): boolean {
  return user.token === token && clock.now() < endsAt;
}

function keyOf(state: EmulatorState, { cookie: header = "" }: CookieHeader): string {
  const start = `${cookieName(state)}=`;
  const pairs = header.split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(start))?.slice(start.length) ?? "";
}

function cookieName({ url }: EmulatorState): string {
  return `local-apify-${new URL(url).port}`;
}

function cookie(state: EmulatorState, key: string, ageSecs: number): string {
  return `${cookieName(state)}=${key}; Max-Age=${ageSecs}; Path=/; HttpOnly; SameSite=Strict`;
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
