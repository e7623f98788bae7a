import assert from "node:assert/strict";
import { args, argsByHand, startWorld } from "../support/dynamicHost";
import type { Emulator } from "../../../emulator";
import type { World } from "../support/dynamicHost";

describe("the operations of one deployment", () => {
  let world: World;
  let emulator: Emulator;
  beforeEach(async () => {
    world = await startWorld();
    ({ emulator } = world);
  });
  afterEach(() => world.close());

  function runs(): number {
    return emulator.runs().length;
  }

  it("use a live run of an earlier deployment that was not recorded", async () => {
    const { id } = await world.deployment().create(argsByHand);
    const again = await world.deployment().create(argsByHand);
    assert.equal(again.id, id);
    assert.equal(runs(), 1);
    assert.ok(world.lines.at(-1)?.startsWith(`Run ${id} found by its run key`), world.lines.at(-1));
  });

  for (const [what, other] of [
    ["in another organization", { __organization: "other" }],
    ["of another name", { __urn: "urn-of-another" }],
  ] as const) {
    it(`start a run of their own for a resource ${what}`, async () => {
      const mine = { ...argsByHand, __organization: "acme" };
      const { id } = await world.deployment().create(mine);
      const news = { ...mine, ...other };
      const { id: another } = await world.deployment().create(news);
      assert.notEqual(another, id);
      assert.equal(runs(), 2);
    });
  }

  it("use a run that succeeded since the one that their diff saw replaced", async () => {
    const first = await world.deployment().create(args);
    const news = { ...args, input: { a: 1 } };
    // Killed before it was recorded; it must not have started within the same millisecond.
    const lost = await world.deployment().create(news);
    const startedAt = new Date(Date.parse(emulator.run(first.id)?.startedAt ?? "") + 1);
    emulator.setStatus(lost.id, { startedAt: startedAt.toISOString() });

    const deployment = world.deployment();
    const { replaces } = await deployment.diff(first.id, first.outs, news);
    assert.deepEqual(replaces, ["input"]);
    const { id } = await deployment.create(news);
    assert.equal(id, lost.id);
    assert.equal(runs(), 2);
  });

  it("start a run, and name the one passed over, when no diff saw what is replaced", async () => {
    const news = { ...args, input: { a: 1 } };
    const lost = await world.deployment().create(news);
    world.lines.length = 0;
    const { id } = await world.deployment().create(news);
    assert.notEqual(id, lost.id);
    assert.ok(world.lines[0]?.includes(`\`adoptRunId\` to "${lost.id}"`), world.lines[0]);
  });

  it("leave a run alone that another resource gets while its own is deleted", async () => {
    const { id, outs } = await world.deployment().create(argsByHand);
    const deployment = world.deployment();
    const successor = { ...argsByHand, __urn: "urn-of-another", adoptRunId: id };
    assert.equal((await deployment.create(successor)).id, id);
    await deployment.delete(id, outs);
    assert.equal(emulator.run(id)?.status, "RUNNING");
    assert.equal(world.lines.at(-1), `Run ${id} is kept: the stack still uses it.`);
  });

  it("leave a run alone that another resource goes on to have", async () => {
    const { id, outs } = await world.deployment().create(argsByHand);
    const sharing = { ...outs, __urn: "urn-of-another", adoptRunId: id };
    const deployment = world.deployment();
    const inputs = { ...argsByHand, __urn: "urn-of-another", adoptRunId: id };
    await deployment.check(inputs, inputs);
    assert.deepEqual(await deployment.diff(id, sharing, inputs), { changes: false });
    await deployment.delete(id, outs);
    assert.notEqual(emulator.run(id)?.status, "ABORTED");
  });

  it("end the run of a resource that is replaced", async () => {
    const { id, outs } = await world.deployment().create(argsByHand);
    const deployment = world.deployment();
    const news = { ...argsByHand, input: { a: 1 } };
    await deployment.diff(id, outs, news);
    const { id: next } = await deployment.create(news);
    await deployment.delete(id, outs);
    assert.equal(emulator.run(id)?.status, "ABORTED");
    assert.notEqual(emulator.run(next)?.status, "ABORTED");
  });

  it("replace for another adoptRunId, and start no run while there is one", async () => {
    const { id, outs } = await world.deployment().create(argsByHand);
    const deployment = world.deployment();
    const taken = { ...argsByHand, adoptRunId: id };
    const another = { ...argsByHand, adoptRunId: "another" };
    assert.deepEqual(await deployment.diff(id, outs, { ...taken, input: { a: 1 } }), {
      changes: false,
    });
    assert.deepEqual(await deployment.diff(id, outs, another), {
      changes: true,
      replaces: ["adoptRunId"],
    });
    await assert.rejects(deployment.create(another), { name: "pulumi-apify" });
    assert.equal(runs(), 1);
  });

  it("record the id of a run that cannot be read, and read it in the next deployment", async () => {
    emulator.faults.inject({ endpoint: "startRun", fault: { kind: "cutBody" } });
    const unreadable = emulator.faults.inject({
      endpoint: "getRun",
      times: Infinity,
      fault: { kind: "answer", work: "none", status: 403, type: "forbidden", message: "No." },
    });
    const creating = world.deployment().create(argsByHand);
    const error = (await creating.catch((thrown: unknown) => thrown)) as {
      id: string;
      properties: Record<string, unknown>;
    };
    const { id, properties } = error;
    assert.equal(id, emulator.runs()[0]?.id);
    assert.equal(properties.__provider, "text");
    unreadable.remove();

    const deployment = world.deployment();
    assert.deepEqual(await deployment.diff(id, properties, argsByHand), { changes: true });
    const { outs } = await deployment.update(id, properties, argsByHand);
    const { defaultDatasetId } = JSON.parse(outs.runJson as string) as Record<string, string>;
    assert.equal(defaultDatasetId, emulator.run(id)?.defaultDatasetId);
    assert.equal(runs(), 1);
  });
});
