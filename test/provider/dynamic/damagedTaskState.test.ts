import assert from "node:assert/strict";
import * as fc from "fast-check";
import { amount, chosenSeed } from "../../support/figures";
import { startWorld } from "../support/dynamicHost";
import type { TestProvider, World } from "../support/dynamicHost";

type Properties = Record<string, unknown>;

const __urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/apify:Task::prices";

/** Arguments of every kind that change a task. */
const news: Properties = {
  actorId: "janedoe~obedient",
  name: "prices",
  title: "Prices",
  description: "D",
  input: { a: 1 },
  options: { memoryMbytes: 512 },
  actorStandby: { isEnabled: true },
  onDelete: "delete",
  __urn,
};

describe("a stored state of a Task that is damaged", () => {
  let world: World;
  let id: string;
  let outs: Properties;
  before(async () => {
    world = await startWorld();
  });
  after(() => world.close());

  async function inputsBy(provider: TestProvider, olds: Properties): Promise<Properties> {
    return (await provider.check(olds, news)).inputs as Properties;
  }

  beforeEach(async () => {
    const { tasks } = world.deploymentOfBoth();
    ({ id, outs } = await tasks.create(await inputsBy(tasks, {})));
    world.emulator.clearRequests();
    world.lines.length = 0;
  });
  afterEach(() => world.deploymentOfBoth().tasks.delete(id, { userId: outs.userId }));

  const writes = (): readonly string[] =>
    world.emulator.writes().map(({ method, pathname }) => `${method} ${pathname}`);

  it("is stored again by an up, which sends no write when the task is as declared", async () => {
    const damaged = { ...outs, title: ["x"], input: "{}", options: null, userId: 5 };
    const { tasks } = world.deploymentOfBoth();
    const inputs = await inputsBy(tasks, news);
    assert.deepEqual(await tasks.diff(id, damaged, inputs), { changes: true });
    const updated = await tasks.update(id, damaged, inputs);
    assert.deepEqual(updated.outs, outs);
    assert.deepEqual(writes(), []);
  });

  it("keeps what it cannot read over a refresh, so that the next up mends it", async () => {
    const { props } = await world.deploymentOfBoth().tasks.read(id, { ...outs, input: "{}" });
    assert.equal(props.input, "{}");
    const { tasks } = world.deploymentOfBoth();
    const inputs = await inputsBy(tasks, news);
    assert.deepEqual(await tasks.diff(id, props, inputs), { changes: true });
  });

  it("is destroyed by its id", async () => {
    await world.deploymentOfBoth().tasks.delete(id, { __urn });
    assert.deepEqual(writes(), [`DELETE /v2/actor-tasks/${id}`]);
  });

  for (const onDelete of ["shred", "DELETE", "", 5, null, true, ["delete"], { delete: true }]) {
    it(`deletes nothing, and says so, with onDelete ${JSON.stringify(onDelete)}`, async () => {
      await world.deploymentOfBoth().tasks.delete(id, { ...outs, onDelete });
      assert.deepEqual(writes(), []);
      assert.deepEqual(world.lines, [
        `Task ${id} is kept: this version of pulumi-apify does not know \`onDelete\` ${JSON.stringify(onDelete)}.`,
      ]);
    });
  }

  it("ends no operation with a bug, and deletes nothing that is not to be deleted", async () => {
    const seed = chosenSeed();
    console.log(`      seed ${seed}: set PULUMI_APIFY_SEED to repeat it`);
    const change = fc.oneof(
      { weight: 1, arbitrary: fc.constant(undefined) },
      { weight: 3, arbitrary: fc.jsonValue() },
      { weight: 1, arbitrary: fc.json() },
    );
    const names = Object.keys(outs).filter((name) => name !== "__urn");
    const damages = fc.dictionary(fc.constantFrom(...names), change, { minKeys: 1, maxKeys: 6 });
    const attempt = async <T>(operation: Promise<T>): Promise<T | undefined> => {
      try {
        return await operation;
      } catch (error) {
        const { name, message } = error as Error;
        assert.equal(name, "pulumi-apify");
        assert.doesNotMatch(message, /^\s+at |TypeError|RangeError|Cannot read|undefined/m);
        return undefined;
      }
    };
    const property = fc.asyncProperty(damages, async (changes) => {
      world.emulator.clearRequests();
      const damaged = Object.fromEntries(
        Object.entries({ ...outs, ...changes }).filter(([, value]) => value !== undefined),
      );
      const { tasks } = world.deploymentOfBoth();
      const inputs = (await attempt(inputsBy(tasks, damaged))) ?? {};
      const decided = await attempt(tasks.diff(id, damaged, inputs));
      if (decided?.replaces !== undefined) {
        assert.ok(decided.replaces.every((name) => name in changes));
      } else if (decided?.changes === true) {
        await attempt(tasks.update(id, damaged, inputs));
      }
      const read = await attempt(world.deploymentOfBoth().tasks.read(id, damaged));
      assert.notEqual(read?.id, "", "the task is there");
      await attempt(world.deploymentOfBoth().tasks.diff(id, read?.props ?? damaged, damaged));
      const kept = { ...damaged, onDelete: changes.onDelete ?? "keep" };
      if (kept.onDelete !== "delete")
        await attempt(world.deploymentOfBoth().tasks.delete(id, kept));
      assert.ok(
        writes().every((write) => write === `PUT /v2/actor-tasks/${id}`),
        writes().join(),
      );
      assert.ok(world.emulator.requests.every(({ path }) => !path.includes("undefined")));
    });
    await fc.assert(property, { numRuns: amount({ quick: 60, full: 1000 }), seed });
  });
});
