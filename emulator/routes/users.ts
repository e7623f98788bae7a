import { json, ok } from "../http/answer";
import { invalidValue, notFound } from "../http/errors";
import { objectBody, param } from "../http/request";
import { openRoute, route } from "../http/router";
import { setAccountLimits } from "../state/accountLimits";
import { findUser } from "../state/lookup";
import { limitsView, monthlyUsageView, publicView, userView } from "./userViews";
import type { AuthorizedRequest } from "../http/request";
import type { Route } from "../http/router";
import type { AccountLimits } from "../state/declarationTypes";
import type { EmulatorState } from "../state/emulatorState";

/** /v2/users */
export function userRoutes(state: EmulatorState): Route[] {
  return [
    route("GET /v2/users/me", ({ caller }) => ok(userView(caller))),
    route("GET /v2/users/me/limits", ({ caller }) => ok(limitsView(state, caller.user))),
    route("PUT /v2/users/me/limits", (request) => {
      setAccountLimits(state, request.caller.user, requestedLimits(request));
      return json(201, {});
    }),
    route("GET /v2/users/me/usage/monthly", ({ caller, query }) =>
      ok(monthlyUsageView(caller.user, dateOf(query) ?? state.clock.now())),
    ),
    // Public, so it needs no token.
    openRoute("GET /v2/users/:id", (request) => {
      const user = findUser(state, param(request, "id"));
      if (user === undefined) throw notFound("User");
      return ok(publicView(user));
    }),
  ];
}

/** The limits that a client can change; others are ignored. */
function requestedLimits(request: AuthorizedRequest): Partial<AccountLimits> {
  const { maxMonthlyUsageUsd, dataRetentionDays } = objectBody(request) ?? {};
  return {
    ...limit("maxMonthlyUsageUsd", maxMonthlyUsageUsd),
    ...limit("dataRetentionDays", dataRetentionDays),
  };
}

function limit(name: keyof AccountLimits, value: unknown): Partial<AccountLimits> {
  if (value === undefined) return {};
  if (Number.isFinite(value) && Number(value) >= 0) return { [name]: value };
  throw invalidValue(`"${name}" must be a number of at least 0`);
}

function dateOf(query: URLSearchParams): number | undefined {
  const text = query.get("date");
  if (text === null || text === "") return undefined;
  const millis = Date.parse(text);
  if (Number.isNaN(millis)) throw invalidValue(`Parameter "date" must be a date`);
  return millis;
}
