/**
 * The types of Apify's errors that concern clients which run tasks and read their data, with the HTTP
 * status and a message for each. The names are those of `ErrorType` in Apify's OpenAPI document. The
 * document gives a status for few of them, so most statuses and messages come from reports of users.
 * https://github.com/apify/apify-docs/blob/master/apify-api/openapi/components/schemas/common/ErrorType.yaml
 */
export const errorTypes = {
  // The request
  "input-json-invalid-characters": [400, "The input contains invalid characters"],
  "input-json-not-object": [400, "The input must be a JSON object"],
  "input-json-too-long": [400, "The input is too long"],
  "invalid-content-type-header": [415, "Content-Type must be application/json"],
  "invalid-header": [400, "A header of the request is not valid"],
  "invalid-id": [400, "The ID is not valid"],
  "invalid-input": [400, "Input is not valid: Field input.startUrls is required"],
  "invalid-parameter": [400, "A parameter is not valid"],
  "invalid-record-key": [400, "The record key is not valid"],
  "invalid-request": [400, "POST data must be a JSON object"],
  "invalid-value": [400, "A value is not valid"],
  "parameters-mismatched": [400, "The parameters do not match each other"],
  "param-not-one-of": [400, "A parameter has none of the values that are allowed"],
  "parameter-required": [400, "A parameter is missing"],
  "request-too-large": [413, "The POST payload is too large (limit: 9437184 bytes)."],
  "run-input-body-not-valid-json": [400, "The body of the request is not valid JSON"],
  "schema-validation": [400, "The request does not match its schema"],
  "schema-validation-failed": [400, "The request does not match its schema"],
  "unsupported-content-encoding": [415, "The Content-Encoding is not supported"],

  // The address
  "method-not-allowed": [405, "This API end-point does not support this HTTP method"],
  "page-not-found": [
    404,
    "We have bad news: there is no API endpoint at this URL. Did you specify it correctly?",
  ],

  // The token and its permissions
  "elevated-permissions-needed": [403, "This needs elevated permissions"],
  "full-permission-actor-not-approved": [
    403,
    "This Actor requires full access to your account. Approve it in Apify Console first.",
  ],
  "insufficient-permissions": [
    403,
    "Insufficient permissions. Make sure that you are passing a correct API token and that it has the required permissions.",
  ],
  "invalid-token": [401, "Authentication token is not valid"],
  "invalid-token-type": [401, "Authentication token is of the wrong type"],
  "missing-actor-rights": [403, "You do not have the rights to use this Actor"],
  "token-not-provided": [401, "Authentication token was not provided"],
  "user-disabled": [403, "User account is disabled"],
  "user-email-not-verified": [403, "Verify your email address first"],
  "user-is-removed": [403, "User account was removed"],
  "user-not-found": [404, "User was not found"],
  "user-not-verified": [403, "User account is not verified"],
  "user-or-token-not-found": [401, "User was not found or authentication token is not valid"],

  // Objects that are missing or not accessible
  "actor-not-found": [404, "Actor was not found"],
  "actor-not-public": [403, "The Actor is not public"],
  "record-not-found": [404, "Record was not found"],
  "record-not-public": [403, "The record is not public"],
  "record-or-token-not-found": [404, "Record was not found or access denied"],

  // Tasks
  "actor-task-name-not-unique": [409, "Actor task name is already used"],
  "too-many-actor-tasks": [403, "You have reached the number of tasks that an account can have"],
  "cannot-publish-actor-task": [400, "The emulator has no Apify Store to publish a task in"],

  // The Actor and its build
  "actor-disabled": [403, "The Actor is disabled"],
  "build-not-found": [
    403,
    'Build with number "1.2.3" was not found. Has the Actor been built already?',
  ],
  "build-outdated": [403, "The build is too old to be run. Build the Actor again."],
  "invalid-build": [403, "The build did not succeed and cannot be run"],
  "public-actor-disabled": [403, "The public Actor is disabled"],
  "tagged-build-required": [403, "A build with a tag is required"],
  "unknown-build-tag": [
    403,
    'Build with tag "latest" was not found. Has the Actor been built already?',
  ],

  // Payment
  "actor-is-not-rented": [
    403,
    "You must rent a paid Actor in order to run it after its free trial has expired. To rent this Actor, go to https://console.apify.com/actors/BHzefUZlZRKWxkTck",
  ],
  "apify-plan-required-to-use-paid-actor": [403, "You need a paid Apify plan to run this Actor"],
  "cannot-rent-paid-actor": [403, "You cannot rent this Actor"],
  "failed-to-charge-user": [402, "The payment failed"],
  "limit-reached": [403, "You have reached a limit of your account"],
  "max-items-must-be-greater-than-zero": [400, "Maximum charged results must be greater than zero"],
  "max-total-charge-usd-below-minimum": [
    400,
    "Maximum cost per run is less than the allowed minimum of $0.01",
  ],
  "max-total-charge-usd-must-be-greater-than-zero": [
    400,
    "Maximum cost per run must be greater than zero",
  ],
  "monthly-usage-limit-too-low": [403, "Your monthly usage limit is too low"],
  "no-payment-method-available": [402, "Add a payment method first"],
  "not-enough-usage-to-run-paid-actor": [
    402,
    "By launching this job you will exceed your remaining usage of $0.12. Please consider an upgrade or contact support.",
  ],
  "platform-feature-disabled": [403, "Monthly usage hard limit exceeded"],
  "pricing-model-not-supported": [403, "The pricing model is not supported"],
  "user-problem-with-card": [402, "There is a problem with your payment card"],
  "x402-payment-required": [402, "Payment is required"],

  // Limits
  "actor-memory-limit-exceeded": [
    402,
    "By launching this job you will exceed the memory limit of 8192MB for all your Actor runs and builds (currently used: 8192MB, requested: 1024MB). Please consider an upgrade or contact support.",
  ],
  "concurrent-runs-limit-exceeded": [
    402,
    "By launching this job you will exceed your limit of 25 concurrent Actor runs and builds. Please consider an upgrade or contact support.",
  ],
  "rate-limit-exceeded": [429, "You have exceeded the rate limit of 60 requests per second"],
  "too-many-requests": [429, "You have sent too many requests"],

  // The run and its data
  "cannot-charge-apify-event": [405, "Events of Apify cannot be charged by an Actor"],
  "cannot-charge-non-pay-per-event-actor": [405, "The Actor is not paid per event"],
  "cannot-metamorph-to-pay-per-result-actor": [
    403,
    "A run cannot metamorph into an Actor that is paid per result",
  ],
  "cannot-remove-running-run": [
    400,
    "It is not possible to delete a run that has not finished yet.",
  ],
  "concurrent-update-detected": [409, "Somebody else has changed it at the same time"],
  "dataset-does-not-have-schema": [400, "The dataset does not have a schema"],
  "dataset-locked": [403, "The dataset is locked"],
  "job-finished": [403, "The job has already finished"],
  "max-metamorphs-exceeded": [403, "The run has metamorphed too often"],
  "name-not-unique": [409, "The name is already in use"],
  "operation-not-allowed": [400, "The operation is not allowed"],
  "record-too-large": [413, "The record is too large"],
  "run-failed": [400, "Actor run did not succeed (run ID: 55uatRrZib4xbZs, status: FAILED)"],
  "run-timeout-exceeded": [
    408,
    "Actor run exceeded the timeout of 300 seconds for this API endpoint",
  ],

  // The platform
  "internal-server-error": [500, "An internal error occurred"],
  "operation-timed-out": [408, "The operation timed out"],
  "request-aborted-prematurely": [400, "The request was aborted"],
} as const satisfies Readonly<Record<string, readonly [status: number, message: string]>>;

/** A type of error in {@link errorTypes}. */
export type ErrorType = keyof typeof errorTypes;
