import assert from "node:assert/strict";
import { message } from "../../../provider/apify/message";
import { assertAllKnown, isUnknown } from "../../../provider/engine/unknownValues";
import { args, hidden, startWorld, unknown } from "../support/dynamicHost";
import type { TestProvider, World } from "../support/dynamicHost";

describe("what stands for a value not known yet", () => {
  it("is recognized", () => {
    assert.equal(isUnknown("04da6b54-80e4-46f7-96ec-b56ff0331ba9"), true);
  });

  for (const known of [
    "",
    "04da6b54",
    undefined,
    null,
    {},
    ["04da6b54-80e4-46f7-96ec-b56ff0331ba9"],
  ]) {
    it(`is not ${JSON.stringify(known)}`, () => {
      assert.equal(isUnknown(known), false);
    });
  }
});

describe("an operation whose arguments have no value", () => {
  let world: World;
  let provider: TestProvider;
  before(async () => {
    world = await startWorld();
    provider = world.deployment();
  });
  after(() => world.close());

  const without = (...paths: readonly string[]) => ({ ...args, __unknownArguments: paths });

  it("starts nothing, and says what is missing", async () => {
    await assert.rejects(provider.create(without("input.from")), (error: Error) => {
      assert.match(error.message, /^Nothing was started: there is no value for `input\.from`, /);
      assert.equal(error.stack, error.message.split("\n")[0]);
      return true;
    });
    assert.deepEqual(world.emulator.requests, []);
  });

  it("updates nothing", async () => {
    const { id, outs } = await provider.create(args);
    world.emulator.clearRequests();
    await assert.rejects(provider.update(id, outs, without("account")), {
      message: /no value for `account`,/,
    });
    assert.deepEqual(world.emulator.requests, []);
  });

  it("names the first few of many", () => {
    const paths = Array.from({ length: 8 }, (_, index) => `triggers[${index}]`);
    assert.throws(() => {
      assertAllKnown({ __unknownArguments: paths }, message`Nothing was started`);
    }, /for `triggers\[0\]`, `triggers\[1\]`, `triggers\[2\]`, `triggers\[3\]`, `triggers\[4\]` and 3 more,/);
  });

  it("has no problem with what the engine took out of an argument", async () => {
    const { failures } = await provider.check(
      {},
      { ...without("actorTaskId"), actorTaskId: undefined },
    );
    assert.deepEqual(failures, []);
    const webhooks = [{ eventTypes: ["ACTOR.RUN.FAILED"] }];
    const checked = await provider.check({}, { ...without("webhooks[0].requestUrl"), webhooks });
    assert.deepEqual(checked.failures, []);
  });

  it("still has those of other arguments, and in a preview those of the same one", async () => {
    const others = await provider.check({}, { ...without("input.from"), maxItems: -1 });
    assert.equal(others.failures?.length, 1);
    const webhooks = [{ eventTypes: [], requestUrl: unknown }];
    const same = await provider.check({}, { ...without("webhooks[0].requestUrl"), webhooks });
    assert.match(same.failures?.[0]?.reason ?? "", /eventTypes/);
  });

  it("is unchanged for a state that was stored without the hidden input", async () => {
    const { id, outs } = await provider.create(args);
    assert.deepEqual(await provider.diff(id, outs, args), { changes: false });
    const preview = { ...args, timeoutSecs: unknown, __unknownArguments: ["timeoutSecs"] };
    assert.deepEqual(await provider.diff(id, outs, preview), { changes: false });
    assert.deepEqual(Object.keys(hidden), ["__provider", "__urn"]);
  });
});
