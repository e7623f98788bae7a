/** The subject of an error response, as finely as advice and retries need it. */
export type ErrorSubject =
  // Transient
  | "memory"
  | "concurrentRuns"
  | "startCapacity"
  | "rate"
  | "conflict"
  | "interruption"
  | "apifyProblem"
  // Money
  | "usageLimit"
  | "accountLimit"
  | "credit"
  | "maxItems"
  | "maxTotalCharge"
  | "rental"
  | "plan"
  | "payment"
  | "accountlessPayment"
  | "billing"
  // The token and its permissions
  | "token"
  | "permissions"
  | "permissionsOrPlan"
  | "actorApproval"
  | "account"
  // Something that does not exist
  | "missingActor"
  | "missingResource"
  | "baseUrl"
  // The Actor and its build
  | "missingBuild"
  | "unusableBuild"
  | "disabledActor"
  | "metamorph"
  // The request
  | "input"
  | "inputSize"
  | "arguments"
  | "takenName"
  | "runningRun"
  | "failedRun"
  // Something between this machine and Apify
  | "proxyLogin"
  | "notApify"
  | "notApifyOrMissing"
  | "other";

/**
 * Apify's error types by subject, whatever status they come with. Types that can answer a request of
 * this package are listed by name; patterns cover the rest. The names come from Apify's OpenAPI document,
 * with a few older ones that Apify still sends.
 * Source: https://github.com/apify/apify-docs/blob/master/apify-api/openapi/components/schemas/common/ErrorType.yaml
 */
const table: readonly (readonly [subject: ErrorSubject, types: readonly string[] | RegExp])[] = [
  ["memory", ["actor-memory-limit-exceeded", "memory-limit-exceeded"]],
  ["concurrentRuns", ["concurrent-runs-limit-exceeded"]],
  ["startCapacity", ["cannot-start-actor-runs"]],
  ["rate", ["rate-limit-exceeded", "too-many-requests"]],
  ["conflict", ["concurrent-update-detected", "request-aborted-prematurely"]],
  ["interruption", ["internal-server-error", "operation-timed-out", "query-timeout"]],
  ["interruption", ["operation-canceled", "socket-closed", "socket-destroyed"]],
  ["apifyProblem", ["billing-system-error", "not-implemented"]],
  ["apifyProblem", ["dataset-locked", "request-handled-or-locked"]],

  ["usageLimit", ["platform-feature-disabled", "monthly-usage-limit-too-low"]],
  ["accountLimit", ["limit-reached"]],
  ["credit", ["not-enough-usage-to-run-paid-actor"]],
  ["maxItems", ["max-items-must-be-greater-than-zero"]],
  [
    "maxTotalCharge",
    ["max-total-charge-usd-below-minimum", "max-total-charge-usd-must-be-greater-than-zero"],
  ],
  ["rental", ["actor-is-not-rented", "actor-can-not-be-rented", "cannot-rent-paid-actor"]],
  ["rental", ["rental-not-allowed"]],
  ["plan", ["apify-plan-required-to-use-paid-actor", "pricing-model-not-supported"]],
  ["payment", ["failed-to-charge-user", "no-payment-method-available", "user-problem-with-card"]],
  ["accountlessPayment", /^agentic-payment|^x402-|agentic-payments$|^unknown-payment-provider$/],

  ["token", ["user-or-token-not-found", "token-not-provided", "missing-api-token"]],
  ["token", ["invalid-token", "invalid-token-type", "own-token-required"]],
  ["token", ["invalid-credentials", "user-not-logged-in"]],
  ["permissions", ["insufficient-permissions", "insufficient-permissions-to-change-field"]],
  ["permissions", ["missing-actor-rights", "elevated-permissions-needed", "must-be-admin"]],
  ["permissions", ["unsupported-permission", "record-not-public", "actor-not-public"]],
  [
    "actorApproval",
    ["full-permission-actor-not-approved", "full-permission-actor-blocked-for-admin"],
  ],
  ["account", ["user-disabled", "user-is-removed", "user-not-verified", "user-email-not-verified"]],
  ["account", ["background-check-required", "insufficient-security-measures"]],
  ["account", ["store-terms-not-accepted"]],

  ["missingActor", ["actor-not-found"]],
  ["missingResource", ["record-not-found", "record-or-token-not-found"]],
  ["missingResource", ["user-not-found", "default-dataset-not-found"]],
  ["baseUrl", ["page-not-found", "unexpected-route", "method-not-allowed"]],

  ["missingBuild", ["unknown-build-tag", "build-not-found", "tagged-build-required"]],
  ["unusableBuild", ["build-outdated", "invalid-build", "invalid-input-schema"]],
  ["disabledActor", ["actor-disabled", "public-actor-disabled"]],
  ["metamorph", /metamorph/],

  ["input", ["invalid-input", "input-update-collision", "input-json-invalid-characters"]],
  ["input", ["input-json-not-object", "input-json-too-long", "run-input-body-not-valid-json"]],
  ["inputSize", ["request-too-large", "record-too-large", "too-many-values"]],
  ["inputSize", ["too-many-webhooks"]],
  ["takenName", ["actor-task-name-not-unique", "name-not-unique"]],
  ["runningRun", ["cannot-remove-running-run"]],
  ["failedRun", ["job-finished", "run-failed", "run-timeout-exceeded", "actor-run-failed"]],
  ["other", ["operation-not-allowed"]],

  // Apify is not known to answer a request of this package with any of these.
  [
    "billing",
    /invoice|coupon|payout|billing|subscription|\btax\b|taxamo|braintree|stripe|3d-secure|payment|charge|reimburse|refund|currenc|pricing|plan\b|^pay-|rented|price|agentic|exchange-rate|line-items/,
  ],
  [
    "account",
    /^user|^username|email|password|two-factor|verification|phone|sign-?up|captcha|organization|oauth|o-auth|credentials|invitation|token|auth|same-user|seats|gmail|access-right|conference|main-account|russia/,
  ],
  ["accountLimit", /^(too-many|too-few|daily)-|-limit-exceeded$|^migration-disabled$/],
  [
    "arguments",
    /^(invalid|param|parameter|schema|unsupported|missing|requested|request)\b|schema|content-encoding|columns|mismatched|does-not-match/,
  ],
  [
    "other",
    /^(actor|cannot|deleting|publi|build|version|env-var|store|tagged|next-runtime|cron|schedule|name|label|action|testing|coupons?)\b|versions|service-worker/,
  ],
  [
    "other",
    /github|slack|airtable|dcr|issue|webhook|already|not-found|not-unique|redirect-uri|resource-type|integration|multiple-records|update-not-allowed|only-drafts|label|creator|overlapping/,
  ],
];

/** The subject of an error type that the table names; `undefined` for any other. */
export function subjectByName(type: string | undefined): ErrorSubject | undefined {
  return table.find(
    ([, types]) => !(types instanceof RegExp) && types.some((t) => t === type),
  )?.[0];
}

/** The subject of an error type that matches a pattern of the table; `undefined` for any other. */
export function subjectByPattern(type: string | undefined): ErrorSubject | undefined {
  if (type === undefined) return undefined;
  return table.find(([, types]) => types instanceof RegExp && types.test(type))?.[0];
}
