import { isTerminal } from "../state/run";
import { ApiError } from "./errors";
import type { IncomingHttpHeaders } from "node:http";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";
import type { Caller } from "./request";

/** The token of a request, from its `Authorization` header or else its query. */
export function tokenOf(headers: IncomingHttpHeaders, query: URLSearchParams): string | undefined {
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? "");
  return bearer?.[1] ?? query.get("token") ?? undefined;
}

/**
 * Finds the owner of a token. An Actor's token belongs to the account that runs the Actor, and is valid
 * until the run ends.
 */
export function callerOf(state: EmulatorState, token: string | undefined): Caller | undefined {
  if (token === undefined) return undefined;
  const user = state.users.find((each) => each.token === token);
  if (user !== undefined) return { user };
  const entry = runWithToken(state, token);
  if (entry === undefined || isTerminal(entry.run.status)) return undefined;
  return { user: entry.owner, run: entry };
}

/** The run whose Actor has this token, also after its end. */
export function runWithToken(
  { runIndex }: EmulatorState,
  token: string | undefined,
): RunEntry | undefined {
  return token === undefined ? undefined : runIndex.byToken.get(token);
}

/** 401 for an unknown token. */
export function unknownToken(): ApiError {
  return new ApiError("user-or-token-not-found");
}
