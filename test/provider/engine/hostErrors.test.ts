import assert from "node:assert/strict";
import { severalLines } from "../../../provider/apify/message";
import { ApifyError, ApifyNoResponseError } from "../../../provider/apify/errors";
import { ProviderError } from "../../../provider/resources/errors";
import { hostError } from "../../../provider/engine/hostErrors";
import type { RecordedResource } from "../../../provider/engine/hostErrors";

/** What the dynamic host reads of an error. */
interface HostsView extends Error {
  readonly id?: string;
  readonly properties?: Record<string, unknown>;
  readonly reasons?: readonly string[];
}

function errorOf(thrown: unknown, recorded?: RecordedResource): HostsView {
  return hostError(thrown, { operation: "create", noun: "run" }, recorded);
}

const place = { method: "GET", path: "/v2/x" };

describe("an error in the host", () => {
  it("is a partial failure with the id and the properties to store", () => {
    const recorded = { id: "run1", properties: { __provider: "text", onDelete: "keep" } };
    const error = errorOf(new ProviderError(severalLines("It goes on.")), recorded);
    assert.equal(error.message, "It goes on.");
    assert.equal(error.id, "run1");
    assert.deepEqual(error.reasons, ["It goes on."]);
    assert.deepEqual(error.properties, recorded.properties);
  });

  for (const [what, thrown, message] of [
    [
      "an error for the user",
      new ProviderError(severalLines("First.\nSecond.")),
      "First.\nSecond.",
    ],
    [
      "an error response of Apify",
      new ApifyError(place, 403, { type: "t", message: "No.", data: undefined }),
      "Apify answered 403 t to GET /v2/x: No.\nCheck what the token in apify:token (or APIFY_TOKEN) is permitted to do, and the plan and the limits of the account that it belongs to: https://console.apify.com/settings/integrations and https://console.apify.com/billing",
    ],
    [
      "a response of a type that nobody knows",
      new ApifyError(place, 400, { type: "t", message: "No.", data: undefined }),
      "Apify answered 400 t to GET /v2/x: No.\nIf Apify's message does not help, see the account in Apify Console (https://console.apify.com), or ask Apify's support.",
    ],
    [
      "a response that never came",
      new ApifyNoResponseError(place, "unreachable", "ECONNREFUSED"),
      "GET /v2/x got no usable response from Apify: ECONNREFUSED\nCheck apify:baseUrl or APIFY_API_BASE_URL (https://api.apify.com) and the network. If you use a proxy, check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.",
    ],
  ] as const) {
    it(`shows ${what} without a stack, and without an id`, () => {
      const error = errorOf(thrown);
      assert.ok(error instanceof Error);
      assert.equal(error.message, message);
      assert.equal("id" in error, false);
      assert.equal(error.stack, message.split("\n")[0]);
      assert.equal(String(error), "pulumi-apify");
    });
  }

  it("shows a defect with its stack, for whoever is told about it", () => {
    const defect = new TypeError("x is not a function");
    const error = errorOf(defect);
    assert.equal(error.message, defect.stack);
    assert.equal(error.stack, "TypeError: x is not a function");
  });

  it("shows nothing of a defect that could hang the engine or control the terminal", () => {
    const error = errorOf(new TypeError("half of \ud83d, <{%boom%}> and \u001b[31mred"));
    assert.equal(error.stack, "TypeError: half of \ufffd, <{ %boom%}> and red");
  });

  it("keeps its cause", () => {
    const cause = new ApifyNoResponseError(place, "unreachable", "ECONNREFUSED");
    assert.equal(errorOf(cause).cause, cause);
  });
});
