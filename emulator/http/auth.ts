import { ApiError } from "./errors";
import type { IncomingHttpHeaders } from "node:http";
import type { EmulatorState } from "../state/emulatorState";
import type { Caller } from "./request";

/** The token of a request, from its `Authorization` header or else its query. */
export function tokenOf(headers: IncomingHttpHeaders, query: URLSearchParams): string | undefined {
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? "");
  return bearer?.[1] ?? query.get("token") ?? undefined;
}

/** Finds the owner of a token. An Actor's token belongs to the account that runs the Actor. */
export function callerOf(state: EmulatorState, token: string | undefined): Caller | undefined {
  if (token === undefined) return undefined;
  const user = state.users.find((each) => each.token === token);
  if (user !== undefined) return { user };
  const run = state.runIndex.byToken.get(token);
  return run === undefined ? undefined : { user: run.owner, run };
}

/** 401 for an unknown token. */
export function unknownToken(): ApiError {
  return new ApiError("user-or-token-not-found");
}
