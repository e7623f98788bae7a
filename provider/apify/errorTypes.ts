import * as advise from "./errorAdvice";
import type { Advice } from "./errorAdvice";
import type { Effect, Transient } from "./classify";

/** What an error of one type means for whoever made the request. */
export interface Handling {
  /** How the same request may be tried again, and what it may have done; absent when it would end the same. */
  readonly retry?: Pick<Transient, "kind" | "reason"> & { readonly effect: Effect };
  readonly advice: Advice;
}

const memory = {
  kind: "capacity",
  reason: "the account's memory is in use",
  effect: "none",
} as const;
const runs = {
  kind: "capacity",
  reason: "the account has as many runs as it may have at once",
  effect: "none",
} as const;
const noRoom = {
  kind: "capacity",
  reason: "the account cannot start another run now",
  effect: "none",
} as const;
const rate = {
  kind: "rate",
  reason: "Apify limits the rate of requests (429)",
  effect: "none",
} as const;
const conflict = {
  kind: "unavailable",
  reason: "Apify did not take the request this time",
  effect: "none",
} as const;
/** Apify broke off: what it had done by then is not known. */
const brokenOff = {
  kind: "unavailable",
  reason: "Apify broke the request off",
  effect: "unknown",
} as const;

/**
 * What Apify's error types mean, whatever the status is that they come with: those that a request of
 * this package can be answered with one by one, the others by what they are about. The names are those
 * of Apify's OpenAPI document, and a few older ones that it still answers with.
 * Source: https://github.com/apify/apify-docs/blob/master/apify-api/openapi/components/schemas/common/ErrorType.yaml
 */
const table: readonly (readonly [
  types: readonly string[] | RegExp,
  advice: Advice,
  retry?: Handling["retry"],
])[] = [
  // What passes
  [["actor-memory-limit-exceeded", "memory-limit-exceeded"], advise.freeMemory, memory],
  [["concurrent-runs-limit-exceeded"], advise.freeRuns, runs],
  [["cannot-start-actor-runs"], advise.freeRuns, noRoom],
  [["rate-limit-exceeded", "too-many-requests"], advise.slowDown, rate],
  [["concurrent-update-detected", "request-aborted-prematurely"], advise.tryLater, conflict],
  [
    ["internal-server-error", "operation-timed-out", "query-timeout", "operation-canceled"],
    advise.tryLater,
    brokenOff,
  ],
  [["socket-closed", "socket-destroyed"], advise.tryLater, brokenOff],
  [["billing-system-error", "not-implemented"], advise.tryLater],

  // Money
  [["platform-feature-disabled", "monthly-usage-limit-too-low"], advise.raiseUsageLimit],
  [["limit-reached"], advise.raiseLimits],
  [["not-enough-usage-to-run-paid-actor"], advise.addCredit],
  [["max-items-must-be-greater-than-zero"], advise.checkMaxItems],
  [
    ["max-total-charge-usd-below-minimum", "max-total-charge-usd-must-be-greater-than-zero"],
    advise.checkMaxTotalCharge,
  ],
  [
    ["actor-is-not-rented", "actor-can-not-be-rented", "cannot-rent-paid-actor"],
    advise.rentTheActor,
  ],
  [["rental-not-allowed"], advise.rentTheActor],
  [
    ["apify-plan-required-to-use-paid-actor", "pricing-model-not-supported"],
    advise.chooseAnotherPlan,
  ],
  [
    ["failed-to-charge-user", "no-payment-method-available", "user-problem-with-card"],
    advise.mendPayment,
  ],
  [/^agentic-payment|^x402-|agentic-payments$|^unknown-payment-provider$/, advise.useAnAccount],

  // The token and what it may do
  [
    [
      "user-or-token-not-found",
      "token-not-provided",
      "missing-api-token",
      "invalid-token",
      "invalid-token-type",
      "own-token-required",
      "invalid-credentials",
      "user-not-logged-in",
    ],
    advise.checkToken,
  ],
  [
    [
      "insufficient-permissions",
      "insufficient-permissions-to-change-field",
      "missing-actor-rights",
      "elevated-permissions-needed",
      "unsupported-permission",
      "must-be-admin",
      "record-not-public",
      "actor-not-public",
    ],
    advise.grantPermissions,
  ],
  [
    ["full-permission-actor-not-approved", "full-permission-actor-blocked-for-admin"],
    advise.approveTheActor,
  ],
  [
    ["user-disabled", "user-is-removed", "user-not-verified", "user-email-not-verified"],
    advise.mendAccount,
  ],
  [
    ["background-check-required", "insufficient-security-measures", "store-terms-not-accepted"],
    advise.mendAccount,
  ],

  // What is not there
  [["actor-not-found"], advise.actorIsGone],
  [
    [
      "record-not-found",
      "record-or-token-not-found",
      "user-not-found",
      "default-dataset-not-found",
    ],
    advise.checkWhatIsMissing,
  ],
  [["page-not-found", "unexpected-route", "method-not-allowed"], advise.checkAddress],

  // The Actor and its build
  [["unknown-build-tag", "build-not-found", "tagged-build-required"], advise.checkBuild],
  [["build-outdated", "invalid-build", "invalid-input-schema"], advise.buildAgain],
  [["actor-disabled", "public-actor-disabled"], advise.actorIsDisabled],
  [/metamorph/, advise.actorIsLimited],

  // The input
  [
    [
      "invalid-input",
      "input-update-collision",
      "input-json-invalid-characters",
      "input-json-not-object",
      "input-json-too-long",
      "run-input-body-not-valid-json",
    ],
    advise.mendInput,
  ],
  [["request-too-large", "record-too-large", "too-many-values"], advise.sendLess],
  [["too-many-webhooks"], advise.sendLess],

  // A run and its data
  [["cannot-remove-running-run"], advise.waitForTheEnd],
  [["job-finished", "run-failed", "run-timeout-exceeded", "actor-run-failed"], advise.lookAtTheRun],
  [["dataset-locked", "request-handled-or-locked"], advise.tryLater],
  [["operation-not-allowed"], advise.askApify],

  // No request of this package is answered with these, as far as is known: here they are by what they are about.
  [
    /invoice|coupon|payout|billing|subscription|\btax\b|taxamo|braintree|stripe|3d-secure|payment|charge|reimburse|refund|currenc|pricing|plan\b|^pay-|rented|price|agentic|exchange-rate|line-items/,
    advise.seeBilling,
  ],
  [
    /^user|^username|email|password|two-factor|verification|phone|sign-?up|captcha|organization|oauth|o-auth|credentials|invitation|token|auth|same-user|seats|gmail|access-right|conference|main-account|russia/,
    advise.mendAccount,
  ],
  [/^(too-many|too-few|daily)-|-limit-exceeded$|^migration-disabled$/, advise.raiseLimits],
  [
    /^(invalid|param|parameter|schema|unsupported|missing|requested|request)\b|schema|content-encoding|columns|mismatched|does-not-match/,
    advise.checkArguments,
  ],
  [
    /^(actor|cannot|deleting|publi|build|version|env-var|store|tagged|next-runtime|cron|schedule|name|label|action|testing|coupons?)\b|versions|service-worker/,
    advise.askApify,
  ],
  [
    /github|slack|airtable|dcr|issue|webhook|already|not-found|not-unique|redirect-uri|resource-type|integration|multiple-records|update-not-allowed|only-drafts|label|creator|overlapping/,
    advise.askApify,
  ],
];

/** How an error of this type is handled; `undefined` for one that the table does not name. */
export function handlingOf(type: string | undefined): Handling | undefined {
  return type === undefined ? undefined : byType.get(type);
}

/** What to do about errors by what their type is about; `undefined` where it does not tell. */
export function adviceOfGroup(type: string | undefined): Advice | undefined {
  if (type === undefined) return undefined;
  return table.find(([types]) => types instanceof RegExp && types.test(type))?.[1];
}

const byType = new Map<string, Handling>();
for (const [types, advice, retry] of table) {
  if (types instanceof RegExp) continue;
  for (const type of types) byType.set(type, retry === undefined ? { advice } : { advice, retry });
}
