import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { adviceOn } from "../../../provider/apify/advice";
import { ApifyError } from "../../../provider/apify/errors";
import { subjectByName, subjectByPattern } from "../../../provider/apify/errorTypes";
import { errorTypes } from "../../../emulator";
import type { StartPurpose } from "../../../provider/apify/adviceBySubject";

/** `ErrorType` of Apify's OpenAPI document. */
const allTypes = readFileSync(join(__dirname, "../../fixtures/apify-error-types.txt"), "utf8")
  .trim()
  .split("\n");

const place = {
  method: "POST",
  path: "/v2/x",
  setup: {
    tokenFrom: "APIFY_TOKEN",
    baseUrlFrom: "apify:baseUrl",
    baseUrl: "https://api.example",
    consoleUrl: "https://c.example",
  },
};
const start: StartPurpose = { what: "start", actorTaskId: "task1" };

function statusOf(type: string): number {
  const known: Readonly<Record<string, readonly [number, string]>> = errorTypes;
  return known[type]?.[0] ?? 400;
}

function errorOf(type: string, status = statusOf(type), message = "m", data?: unknown): ApifyError {
  return new ApifyError(place, status, { type, message, data });
}

/** The types after which the same request may be answered otherwise, and as what. */
const passing: Readonly<Record<string, string>> = {
  "actor-memory-limit-exceeded": "capacity",
  "concurrent-runs-limit-exceeded": "capacity",
  "rate-limit-exceeded": "rate",
  "too-many-requests": "rate",
  "concurrent-update-detected": "unavailable",
  "request-aborted-prematurely": "unavailable",
  "internal-server-error": "unavailable",
  "operation-timed-out": "unavailable",
  "operation-canceled": "unavailable",
  "query-timeout": "unavailable",
  "socket-closed": "unavailable",
  "socket-destroyed": "unavailable",
  // For its status, 408
  "run-timeout-exceeded": "unavailable",
};

/** What of the advice on a start matters, for the types that a start can be refused with. */
const advices: Readonly<Record<string, RegExp>> = {
  "actor-memory-limit-exceeded": /memoryMbytes.*https:\/\/c\.example\/billing/,
  "concurrent-runs-limit-exceeded": /other runs.*https:\/\/c\.example\/billing/,
  "rate-limit-exceeded": /--parallel/,
  "too-many-requests": /--parallel/,
  "platform-feature-disabled": /monthly usage limit.*https:\/\/c\.example\/billing/,
  "monthly-usage-limit-too-low": /monthly usage limit.*https:\/\/c\.example\/billing/,
  "limit-reached": /https:\/\/c\.example\/billing/,
  "not-enough-usage-to-run-paid-actor": /credit.*https:\/\/c\.example\/billing/,
  "max-items-must-be-greater-than-zero": /does not set `maxItems`.*credit.*c\.example\/billing/,
  "max-total-charge-usd-below-minimum": /does not set `maxTotalChargeUsd`.*credit/,
  "max-total-charge-usd-must-be-greater-than-zero": /does not set `maxTotalChargeUsd`.*credit/,
  "actor-is-not-rented": /^Rent the Actor.*https:\/\/c\.example\/actors\/tasks\/task1/,
  "cannot-rent-paid-actor": /^Rent the Actor/,
  "apify-plan-required-to-use-paid-actor": /plan.*https:\/\/c\.example\/billing/,
  "failed-to-charge-user": /payment method: https:\/\/c\.example\/billing/,
  "user-or-token-not-found":
    /^Check the token in APIFY_TOKEN\..*https:\/\/c\.example\/settings\/integrations/,
  "token-not-provided": /^Check the token in APIFY_TOKEN\./,
  "invalid-token": /^Check the token in APIFY_TOKEN\./,
  "insufficient-permissions": /"Run" and "View runs" on its Actor.*settings\/integrations/,
  "missing-actor-rights": /"Run" and "View runs" on its Actor/,
  "full-permission-actor-not-approved": /approval.*https:\/\/c\.example\/actors\/tasks\/task1/,
  "user-disabled": /the account that the token in APIFY_TOKEN belongs to/,
  "actor-not-found": /Task "task1" exists, but its Actor does not/,
  "record-not-found": /Check `actorTaskId` "task1"/,
  "record-or-token-not-found": /Check `actorTaskId` "task1"/,
  "page-not-found": /Check apify:baseUrl \(https:\/\/api\.example\)/,
  "method-not-allowed": /Check apify:baseUrl/,
  "unknown-build-tag": /does not have the build that the task uses/,
  "build-not-found": /does not have the build that the task uses/,
  "build-outdated": /Build the Actor again/,
  "invalid-build": /Build the Actor again/,
  "actor-disabled": /disabled/,
  "public-actor-disabled": /disabled/,
  "invalid-input": /Correct the argument `input`/,
  "input-json-not-object": /Correct the argument `input`/,
  "request-too-large": /Send less/,
  "actor-task-name-not-unique": /^Choose another `name`\.$/,
  "name-not-unique": /^Choose another `name`\.$/,
  "cannot-remove-running-run": /wait until it ends/,
};

describe("Apify's list of error types", () => {
  it("is whole, and has every type that the emulator knows", () => {
    assert.ok(allTypes.length > 350, String(allTypes.length));
    for (const type of Object.keys(errorTypes)) assert.ok(allTypes.includes(type), type);
    for (const type of [...Object.keys(passing), ...Object.keys(advices)]) {
      assert.ok(allTypes.includes(type), type);
    }
  });

  it("has no type without advice, for a start, the search before it and anything else", () => {
    for (const type of allTypes) {
      for (const purpose of [start, { ...start, what: "listRuns" } as const, undefined]) {
        for (const status of new Set([statusOf(type), 400, 403])) {
          const advice = adviceOn(errorOf(type, status), purpose);
          assert.match(advice, /^[A-Z].{20,}[^ ]$/, `${type}: ${advice}`);
        }
      }
    }
  });

  it("says that something passes of those types alone that do", () => {
    for (const type of allTypes) {
      assert.equal(errorOf(type).transient?.kind, passing[type], type);
    }
  });

  it("lets Apify have done nothing but where it broke off or has a problem itself", () => {
    const doubtful = allTypes.filter((type) => errorOf(type, 400).effect === "unknown");
    assert.deepEqual(doubtful, [
      "internal-server-error",
      "operation-canceled",
      "operation-timed-out",
      "query-timeout",
      "socket-closed",
      "socket-destroyed",
    ]);
    for (const type of allTypes) assert.equal(errorOf(type, 503).effect, "unknown");
  });

  it("sends nobody to the token's permissions who has to pay, wait, or correct the input", () => {
    const aboutPermissions = allTypes.filter((type) =>
      /may do|needs Run|permissions/.test(adviceOn(errorOf(type, 403), start)),
    );
    assert.deepEqual(aboutPermissions, [
      "actor-not-public",
      "elevated-permissions-needed",
      "full-permission-actor-blocked-for-admin",
      "full-permission-actor-not-approved",
      "insufficient-permissions",
      "insufficient-permissions-to-change-field",
      "missing-actor-rights",
      "must-be-admin",
      "record-not-public",
      "unsupported-permission",
    ]);
  });

  it("is known whole, by name or by what the type is about", () => {
    const unknown = allTypes.filter(
      (type) => subjectByName(type) === undefined && subjectByPattern(type) === undefined,
    );
    assert.deepEqual(unknown, []);
    for (const type of Object.keys(advices)) {
      assert.ok(subjectByName(type) !== undefined || subjectByPattern(type) !== undefined, type);
    }
  });

  for (const [type, advice] of Object.entries(advices)) {
    it(`advises on a start that is refused with ${type}, whatever the status`, () => {
      for (const status of new Set([statusOf(type), 400, 403])) {
        assert.match(adviceOn(errorOf(type, status), start), advice);
      }
    });
  }
});

describe("the advice on an error of Apify's", () => {
  for (const [message, field] of [
    ["Input is not valid: Field input.startUrls is required", "input.startUrls"],
    ["Input is not valid: Property input.proxy.groups[0] is not allowed.", "input.proxy.groups[0]"],
    ["Items in input.start-urls at positions [0] do not contain valid URLs", "input.start-urls"],
  ] as const) {
    it(`names the field that is not valid: ${field}`, () => {
      for (const status of [400, 403]) {
        const advice = adviceOn(errorOf("invalid-input", status, message), start);
        assert.ok(advice.startsWith(`Correct \`${field}\`, in the argument \`input\` or`), advice);
      }
    });
  }

  it("depends on whether the limit was sent", () => {
    const items = errorOf("max-items-must-be-greater-than-zero");
    assert.match(adviceOn(items, { ...start, maxItems: 5 }), /^Raise `maxItems`, which is 5\./);
    const charge = errorOf("max-total-charge-usd-below-minimum");
    const sent = adviceOn(charge, { ...start, maxTotalChargeUsd: 0.001 });
    assert.match(sent, /^Raise `maxTotalChargeUsd`, which is 0\.001, to at least the minimum/);
  });

  it("shows where to approve, whatever the type is", () => {
    const data = { approvalUrl: "https://c.example/approve" };
    for (const type of ["full-permission-actor-not-approved", "something-new"]) {
      const advice = adviceOn(errorOf(type, 403, "m", data), start);
      assert.equal(advice, "Approve the Actor's permissions: https://c.example/approve");
    }
  });

  for (const [type, message] of [
    ["record-not-found", "Actor was not found"],
    ["actor-not-found", "m"],
  ] as const) {
    it(`tells a task whose Actor is gone from a task that is gone: ${type}`, () => {
      const advice = adviceOn(errorOf(type, 404, message), start);
      assert.match(advice, /^Task "task1" exists, but its Actor does not/);
    });
  }

  it("takes no other thing of an Actor for the Actor", () => {
    for (const what of ["Actor task", "Actor run", "Actor build"]) {
      const advice = adviceOn(errorOf("record-not-found", 404, `${what} was not found`), start);
      assert.match(advice, /^Check `actorTaskId`/);
    }
  });

  const ofStatus: readonly (readonly [status: number, type: string | undefined, advice: RegExp])[] =
    [
      [401, undefined, /^Check the token in APIFY_TOKEN/],
      [401, "something-new", /^Check the token in APIFY_TOKEN/],
      [402, "something-new", /billing/],
      [403, "something-new", /is permitted to do, and the plan and the limits.*billing/],
      [403, undefined, /does not seem to come from Apify\. Check apify:baseUrl.*HTTPS_PROXY/],
      [404, undefined, /^Check `actorTaskId` "task1".*does not seem to come from/],
      [407, undefined, /^The proxy requires a user name and a password.*HTTPS_PROXY/],
      [408, undefined, /status\.apify\.com/],
      [429, undefined, /--parallel/],
      [502, undefined, /status\.apify\.com/],
    ];
  for (const [status, type, advice] of ofStatus) {
    it(`is by the status ${status} where the type is ${type ?? "missing"}`, () => {
      const error = new ApifyError(place, status, { type, message: "m", data: undefined });
      assert.match(adviceOn(error, start), advice);
    });
  }
});
