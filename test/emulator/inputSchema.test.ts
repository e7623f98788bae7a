import assert from "node:assert/strict";
import {
  assertError,
  closeEmulatorsAfterEach,
  startTestEmulator,
  withActor,
} from "./support/emulator";
import type { JsonObject } from "../../emulator";

const properties = {
  urls: {
    type: "array",
    minItems: 1,
    maxItems: 2,
    uniqueItems: true,
    items: { type: "object", properties: { url: { type: "string" } }, required: ["url"] },
  },
  tags: { type: "array", uniqueItems: true, items: { type: "string" } },
  kind: { type: "string", enum: ["a", "b"] },
  count: { type: "integer", minimum: 1, maximum: 5 },
  name: { type: "string", minLength: 2, maxLength: 3, pattern: "^x" },
  maybe: { type: "string", nullable: true },
  strict: { type: "object", properties: { a: {} }, additionalProperties: false, maxProperties: 1 },
  either: { type: ["string", "integer"] },
  worded: { type: "boolean", errorMessage: { type: "Say yes or no" } },
  fixed: { type: "integer", default: 7, editor: "hidden" },
  evil: { type: "string", pattern: "(" },
};

const inputSchema = { type: "object", properties, required: ["kind"], additionalProperties: false };

const declaration = withActor({
  manual: true,
  builds: [{ number: "0.1.1", tags: ["latest"], inputSchema }],
});

const start = "POST /v2/actor-tasks/~scrape/runs";

describe("an input schema", () => {
  closeEmulatorsAfterEach();

  it("lets a valid input pass, and adds defaults", async () => {
    const emulator = await startTestEmulator({ declaration });
    const input = {
      ...{ kind: "a", urls: [{ url: "u" }], count: 5, name: "xy", maybe: null },
      ...{ strict: { a: [1] }, either: 1, worded: true, tags: ["a", "b"], evil: "x" },
    };
    const run = await emulator.startRun("", input);
    const stored = emulator.record(run.defaultKeyValueStoreId, "INPUT");
    assert.deepEqual(stored, { ...input, fixed: 7 });
  });

  for (const [input, problem] of [
    [{ kind: undefined }, "Field input.kind is required"],
    [{ kind: "c" }, 'Field input.kind must be equal to one of the allowed values: "a", "b"'],
    [{ kind: null }, "Field input.kind must be string"],
    [{ other: 1 }, "Property input.other is not allowed."],
    [{ urls: {} }, "Field input.urls must be array"],
    [{ urls: [] }, "Field input.urls must NOT have fewer than 1 items"],
    [{ urls: [1, 2, 3] }, "Field input.urls must NOT have more than 2 items"],
    [{ urls: [{ url: 1 }] }, "Field input.urls.0.url must be string"],
    [{ urls: [{}] }, "Field input.urls.0.url is required"],
    [
      { urls: [{ url: "u" }, { url: "u" }] },
      "Field input.urls must NOT have duplicate items (items ## 0 and 1 are identical)",
    ],
    [
      { tags: ["a", "a"] },
      "Field input.tags must NOT have duplicate items (items ## 1 and 0 are identical)",
    ],
    [{ count: 0 }, "Field input.count must be >= 1"],
    [{ count: 6 }, "Field input.count must be <= 5"],
    [{ count: 1.5 }, "Field input.count must be integer"],
    [{ name: "x" }, "Field input.name must NOT have fewer than 2 characters"],
    [{ name: "xxxx" }, "Field input.name must NOT have more than 3 characters"],
    [{ name: "yy" }, 'Field input.name must match pattern "^x"'],
    [{ strict: { b: 1 } }, "Property input.strict.b is not allowed."],
    [{ either: true }, "Field input.either must be string,integer"],
    [{ worded: 1 }, "Say yes or no"],
  ] as const) {
    it(`refuses ${JSON.stringify(input)} in Apify's words`, async () => {
      const emulator = await startTestEmulator({ declaration });
      const reply = await emulator.call(start, { json: { kind: "a", ...(input as JsonObject) } });
      assertError(reply, 400, "invalid-input");
      assert.equal(reply.error.message, `Input is not valid: ${problem}`);
      assert.deepEqual(emulator.runs(), []);
    });
  }
});
