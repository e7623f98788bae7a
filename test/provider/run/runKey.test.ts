import assert from "node:assert/strict";
import { hasRunKey, runKey, runKeyNote } from "../../../provider/run/runKey";
import type { Intent } from "../../../provider/run/intent";

const owner = "acme:urn:pulumi:prod::shop::apify:index:TaskRun::prices";

const whole: Required<Intent> = {
  actorTaskId: "janedoe~scrape",
  input: { startUrls: [{ url: "https://a.example", method: "GET" }], depth: { max: 2, min: 1 } },
  build: "latest",
  maxItems: 10,
  maxTotalChargeUsd: 1.5,
  triggers: ["monday", { week: 1 }],
  idempotencyKey: undefined,
};

/** What today's intents and a later version's have to agree on. */
const golden: readonly (readonly [what: string, owner: string, intent: Intent, key: string])[] = [
  [
    "the least intent",
    owner,
    { actorTaskId: "janedoe~scrape" },
    "e3a6bdf7f29c36bcee76d687be7c9fd2",
  ],
  ["an intent with all arguments", owner, whole, "3206129c5c427a55cfa078a9f56e70e2"],
  [
    "an intent with the user's own key",
    owner,
    { ...whole, idempotencyKey: "order-7" },
    "88a36d1edc950481802bf395f5663dfc",
  ],
];

describe("the run key", () => {
  for (const [what, whose, intent, key] of golden) {
    it(`of ${what} is the same in every version: runs that go on now are to be found later`, () => {
      assert.equal(runKey(whose, intent), key);
    });
  }

  it("is 32 hexadecimal digits", () => {
    assert.match(runKey(owner, whole), /^[0-9a-f]{32}$/);
  });

  it("does not depend on the order of keys at any depth", () => {
    const input = {
      depth: { min: 1, max: 2 },
      startUrls: [{ method: "GET", url: "https://a.example" }],
    };
    const reversed = Object.fromEntries(Object.entries({ ...whole, input }).reverse());
    assert.equal(runKey(owner, { actorTaskId: "", ...reversed }), runKey(owner, whole));
  });

  it("does not depend on arguments that ask for nothing", () => {
    const least: Intent = { actorTaskId: "t" };
    const same: readonly Partial<Intent>[] = [
      { input: {} },
      { input: undefined },
      { triggers: [] },
      { triggers: undefined },
      { build: undefined, maxItems: undefined, maxTotalChargeUsd: undefined },
      { idempotencyKey: undefined },
    ];
    for (const patch of same)
      assert.equal(runKey(owner, { ...least, ...patch }), runKey(owner, least));
  });

  it("does not depend on anything that is not part of the intent", () => {
    const more = { ...whole, timeoutSecs: 60, webhooks: [{}], waitSecs: 1 };
    assert.equal(runKey(owner, more), runKey(owner, whole));
  });

  it("differs with the owner and with each argument, whatever the others are", () => {
    const otherwise: Intent[] = [
      { ...whole, actorTaskId: "janedoe~other" },
      { ...whole, input: { ...whole.input, extra: null } },
      { ...whole, input: undefined },
      { ...whole, build: "beta" },
      { ...whole, build: undefined },
      { ...whole, maxItems: 11 },
      { ...whole, maxTotalChargeUsd: 1.51 },
      { ...whole, triggers: [{ week: 1 }, "monday"] },
      { ...whole, idempotencyKey: "a" },
      { ...whole, idempotencyKey: "b" },
      { ...whole, idempotencyKey: "" },
    ];
    const keys = [whole, ...otherwise].map((intent) => runKey(owner, intent));
    keys.push(runKey(`${owner}2`, whole), runKey("", whole));
    assert.equal(new Set(keys).size, otherwise.length + 3);
  });

  it("is shared by all owners who give the same key for the same intent", () => {
    const shared = { ...whole, idempotencyKey: "order-7" };
    assert.equal(runKey("somebody", shared), runKey("somebody else", shared));
    assert.notEqual(runKey("x", shared), runKey("x", { ...shared, input: { other: 1 } }));
  });
});

describe("the run key in a User-Agent", () => {
  const key = "0123456789abcdef0123456789abcdef";

  it("stands in brackets behind its name", () => {
    assert.equal(runKeyNote(key), `(run-key ${key})`);
  });

  it("is found wherever it stands", () => {
    for (const text of [runKeyNote(key), `a/1 ${runKeyNote(key)}`, `${runKeyNote(key)} proxy/2`]) {
      assert.equal(hasRunKey(text, key), true, text);
    }
  });

  it("is not found in any other text, or in none", () => {
    const others = [
      `a/1 ${runKeyNote(`${key}0`)}`,
      `a/1 ${runKeyNote(key.slice(1))}`,
      key,
      "",
      null,
      undefined,
    ];
    for (const text of others) assert.equal(hasRunKey(text, key), false, String(text));
  });
});
