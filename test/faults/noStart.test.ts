import assert from "node:assert/strict";
import { check } from "../../provider/resources/taskRun/check";
import { decide } from "../../provider/resources/taskRun/decide";
import { describeFaults, entryOf, openFaultyWorld } from "./support/describeFaults";
import { expectSettled, succeeds } from "./support/acceptance";
import type { Args } from "../../provider/resources/taskRun/argumentTable";

const args: Args = {
  actorTaskId: "janedoe~quick",
  input: { first: 1, second: { a: [1, 2], b: null } },
};

/** Changes that ask for no other run. */
const changes: Readonly<Record<string, Args>> = {
  "nothing changes": args,
  "the keys of the input change places": {
    input: { second: { b: null, a: [1, 2] }, first: 1 },
    actorTaskId: "janedoe~quick",
  },
  "the task is written as Apify Console shows it": { ...args, actorTaskId: "janedoe/quick" },
  "timeoutSecs changes": { ...args, timeoutSecs: 77 },
  "memoryMbytes changes": { ...args, memoryMbytes: 256 },
  "restartOnError changes": { ...args, restartOnError: true },
  "webhooks change": {
    ...args,
    webhooks: [{ eventTypes: ["ACTOR.RUN.SUCCEEDED"], requestUrl: "https://example.com" }],
  },
  "waitSecs changes": { ...args, waitSecs: 1_000 },
  "nobody is to wait any more": { ...args, waitSecs: 0 },
  "startWaitSecs changes": { ...args, startWaitSecs: 5 },
  "onDelete changes": { ...args, onDelete: "keep" },
  "empty triggers are added": { ...args, triggers: [] },
};

describeFaults("no run is started when", () => {
  for (const [what, changed] of Object.entries(changes)) {
    it(`${what}, in a preview, an up and a refresh`, async () => {
      const world = await openFaultyWorld();
      const stack = world.stack();
      const program = { prices: changed };
      await succeeds(world, stack.up({ prices: args }));
      world.emulator.clearRequests();

      const state = entryOf(stack)?.outputs;
      assert.ok(state);
      const context = world.process().context("organization/urn");
      const preview = await check(context, { ...args }, { ...changed });
      const now = { isUnknown: () => false, nowMillis: context.clock.epochMillis() };
      assert.notEqual(decide(state, preview.args as Args, now).action, "rerun");
      assert.deepEqual(world.emulator.requests, []);

      await succeeds(world, stack.up(program));
      await succeeds(world, stack.refresh());
      await succeeds(world, stack.up(program));
      assert.deepEqual(world.emulator.writes(), []);
      await expectSettled(world, stack, program, { runs: 1 });
    });
  }

  it("it is previewed, whatever it asks for and whatever Apify does", async () => {
    const world = await openFaultyWorld();
    await world.emulator.refuseConnections();
    const context = world.process().context("organization/urn");
    const checked = await world.time.run(check(context, {}, { ...args }));
    assert.deepEqual(checked.problems, []);
    assert.deepEqual(world.emulator.requests, []);
  });

  it("a run is adopted, and when adoptRunId is taken out again", async () => {
    const world = await openFaultyWorld();
    const stack = world.stack();
    await succeeds(world, world.stack("elsewhere").up({ prices: args }));
    const adoptRunId = world.emulator.runs()[0]?.id;
    await succeeds(world, stack.up({ prices: { ...args, adoptRunId } }));
    await succeeds(world, stack.refresh());
    await succeeds(world, stack.up({ prices: args }));
    await expectSettled(world, stack, { prices: args }, { runs: 1 });
  });

  it("the run is gone from Apify after its retention", async () => {
    const world = await openFaultyWorld();
    const stack = world.stack();
    await succeeds(world, stack.up({ prices: args }));
    world.emulator.expireRun(world.emulator.runs()[0]?.id ?? "");
    await succeeds(world, stack.refresh());
    assert.equal(entryOf(stack)?.outputs.expired, true);
    await succeeds(world, stack.up({ prices: args }));
    assert.equal(world.emulator.runs().length, 0);
    await succeeds(world, stack.destroy());
  });
});
