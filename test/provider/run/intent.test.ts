import assert from "node:assert/strict";
import { canonicalIntent, changedIntent, intentArguments } from "../../../provider/run/intent";
import type { Intent, IntentArgument } from "../../../provider/run/intent";

const whole: Required<Intent> = {
  actorTaskId: "janedoe~scrape",
  input: { startUrls: [{ url: "https://a.example", method: "GET" }], depth: { max: 2, min: 1 } },
  build: "latest",
  maxItems: 10,
  maxTotalChargeUsd: 1.5,
  triggers: ["monday", { week: 1 }],
  idempotencyKey: "order-7",
};

const otherwise: Required<Intent> = {
  actorTaskId: "janedoe~other",
  input: { ...whole.input, extra: true },
  build: "beta",
  maxItems: 11,
  maxTotalChargeUsd: 1.51,
  triggers: ["monday", { week: 2 }],
  idempotencyKey: "order-8",
};

function without(name: IntentArgument): Partial<Intent> {
  return Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name));
}

describe("the intent of a run", () => {
  it("is the same when nothing was changed", () => {
    assert.deepEqual(changedIntent(whole, structuredClone(whole)), []);
  });

  for (const name of intentArguments) {
    it(`changes with ${name}, and names it`, () => {
      assert.deepEqual(changedIntent(whole, { ...whole, [name]: otherwise[name] }), [name]);
    });

    it(`changes when ${name} is taken away or given`, () => {
      assert.deepEqual(changedIntent(whole, without(name)), [name]);
      assert.deepEqual(changedIntent(without(name), whole), [name]);
    });

    it(`takes an undefined ${name} for none`, () => {
      assert.deepEqual(changedIntent(without(name), { ...without(name), [name]: undefined }), []);
    });
  }

  it("names all arguments that changed", () => {
    assert.deepEqual(changedIntent(whole, otherwise), [...intentArguments]);
  });

  it("does not depend on the order of keys at any depth", () => {
    const input = {
      depth: { min: 1, max: 2 },
      startUrls: [{ method: "GET", url: "https://a.example" }],
    };
    const triggers = ["monday", { week: 1 }];
    assert.deepEqual(changedIntent(whole, { ...whole, input, triggers }), []);
  });

  it("depends on the order of lists", () => {
    const input = { list: [1, 2] };
    assert.deepEqual(changedIntent({ ...whole, input }, { ...whole, input: { list: [2, 1] } }), [
      "input",
    ]);
    assert.deepEqual(changedIntent(whole, { ...whole, triggers: [{ week: 1 }, "monday"] }), [
      "triggers",
    ]);
  });

  it("tells values of different types apart", () => {
    const differs = (before: unknown, after: unknown): void => {
      const changed = changedIntent({ input: { x: before } }, { input: { x: after } });
      assert.deepEqual(changed, ["input"], `${JSON.stringify(before)} ${JSON.stringify(after)}`);
    };
    differs(1, "1");
    differs(0, false);
    differs(null, "null");
    differs({}, []);
    differs("", null);
  });

  it("sees a property of the input that was set to null: it overrides the task's saved one", () => {
    assert.deepEqual(changedIntent({ input: {} }, { input: { x: null } }), ["input"]);
  });

  it("takes an empty input for none, and an empty list of triggers", () => {
    assert.deepEqual(changedIntent({ input: {}, triggers: [] }, {}), []);
  });

  it("does not take a limit of 0 for none", () => {
    assert.deepEqual(changedIntent({ maxItems: 0 }, {}), ["maxItems"]);
  });
});

describe("the canonical intent", () => {
  it("has a text for each argument", () => {
    assert.deepEqual(canonicalIntent({ ...whole, input: { b: 1, a: [] }, triggers: [0] }), {
      actorTaskId: '"janedoe~scrape"',
      input: '{"a":[],"b":1}',
      build: '"latest"',
      maxItems: "10",
      maxTotalChargeUsd: "1.5",
      triggers: "[0]",
      idempotencyKey: '"order-7"',
    });
  });

  it("leaves out what asks for nothing", () => {
    const nothing = Object.fromEntries(intentArguments.map((name) => [name, undefined]));
    assert.deepEqual(canonicalIntent(nothing), {});
    assert.deepEqual(canonicalIntent({ input: {}, triggers: [] }), {});
  });

  it("leaves out nothing else", () => {
    assert.deepEqual(
      canonicalIntent({ input: { a: {} }, triggers: [[]], build: "", maxItems: 0 }),
      {
        input: '{"a":{}}',
        triggers: "[[]]",
        build: '""',
        maxItems: "0",
      },
    );
  });
});
