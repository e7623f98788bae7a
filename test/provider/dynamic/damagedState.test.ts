import assert from "node:assert/strict";
import * as fc from "fast-check";
import { amount, chosenSeed } from "../../support/figures";
import { args, startWorld } from "../support/dynamicHost";
import type { TestProvider, World } from "../support/dynamicHost";

type Properties = Record<string, unknown>;

/** Arguments of every kind; none of them lets a run be started or purged that is not asked for. */
const news: Properties = {
  ...args,
  input: { a: 1 },
  triggers: [1],
  maxAgeSecs: 3600,
  cron: "0 3 1 1 *",
  timeZone: "UTC",
  acceptStatuses: ["SUCCEEDED"],
  onDelete: "abort",
  onExpired: "rerun",
  onFailure: "fail",
  trackTask: true,
};

/** The properties without one of them. */
function without(name: string, properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([each]) => each !== name));
}

describe("a stored state that is damaged", () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  /** Stores a run that has succeeded. */
  async function stored(more: Properties = {}): Promise<{ id: string; outs: Properties }> {
    const deployment = world.deployment();
    const checked = await deployment.check({}, { ...news, ...more });
    const created = await deployment.create(checked.inputs as Properties);
    world.lines.length = 0;
    world.emulator.clearRequests();
    return created;
  }

  /** The inputs as a deployment that changes nothing checks them. */
  async function checkedBy(deployment: TestProvider): Promise<Properties> {
    return (await deployment.check(news, news)).inputs as Properties;
  }

  const writes = (): readonly string[] =>
    world.emulator.writes().map(({ method, pathname }) => `${method} ${pathname}`);

  const damage = (id: string, ...problems: readonly string[]): string =>
    `The stored state of run ${id} is damaged: ${problems.join(", ")}. To repair it, run \`pulumi refresh\`, which reads the run again, and then \`pulumi up\`, which stores the rest again.`;

  for (const [what, runJson, problem] of [
    ["is missing", undefined, "`runJson` is missing"],
    ["is not JSON", "{", "`runJson` does not describe a run"],
    ["is an empty object", "{}", "`runJson` does not describe a run"],
    ["is a list", "[]", "`runJson` does not describe a run"],
    ["is null", "null", "`runJson` does not describe a run"],
    ["is no text", { id: "x" }, "`runJson` does not describe a run"],
    ["lacks its id", '{"status":"SUCCEEDED"}', "`runJson` does not describe a run"],
    ["has another id", '{"id":"x","status":"SUCCEEDED"}', "`runJson` describes another run"],
  ] as const) {
    it(`is read again by an up and by a refresh when runJson ${what}, and nothing is started`, async () => {
      const { id, outs } = await stored();
      const healthy = outs.runJson;
      const damaged = runJson === undefined ? without("runJson", outs) : { ...outs, runJson };

      const deployment = world.deployment();
      const inputs = await checkedBy(deployment);
      assert.deepEqual(await deployment.diff(id, damaged, inputs), { changes: true });
      assert.deepEqual(world.lines, [damage(id, problem)]);
      const updated = await deployment.update(id, damaged, inputs);
      assert.deepEqual(JSON.parse(String(updated.outs.runJson)), JSON.parse(String(healthy)));

      const { props } = await world.deployment().read(id, damaged);
      assert.deepEqual(JSON.parse(String(props.runJson)), JSON.parse(String(healthy)));
      const after = await world.deployment().diff(id, props, inputs);
      assert.deepEqual(after, { changes: false });
      assert.deepEqual(writes(), []);
    });
  }

  it("is not taken for another run's: the id of the resource counts", async () => {
    const other = await stored({ onDelete: "purge", input: { other: 1 } });
    const { id, outs } = await stored({ onDelete: "purge" });
    const damaged = { ...outs, runJson: other.outs.runJson };
    await world.deployment().delete(id, damaged);
    assert.ok(
      world.lines.includes(damage(id, "`runJson` describes another run")),
      world.lines.join(),
    );
    assert.equal(world.emulator.run(id), undefined);
    assert.equal(world.emulator.run(other.id)?.status, "SUCCEEDED");
  });

  it("keeps its run when an optional field of it is odd", async () => {
    const { id, outs } = await stored();
    const run = JSON.parse(String(outs.runJson)) as Properties;
    const odd = { ...outs, runJson: JSON.stringify({ ...run, stats: "none", exitCode: {} }) };
    const deployment = world.deployment();
    const inputs = await checkedBy(deployment);
    assert.deepEqual(await deployment.diff(id, odd, inputs), { changes: false });
  });

  it("is destroyed by its id, and says what could not be deleted", async () => {
    const { id, outs } = await stored({ onDelete: "purge" });
    const run = world.emulator.run(id) ?? assert.fail();
    await world.deployment().delete(id, { __urn: "urn", onDelete: "purge" });
    assert.equal(world.emulator.run(id), undefined);
    assert.deepEqual(world.emulator.dataset(run.defaultDatasetId), []);

    world.lines.length = 0;
    await world.deployment().delete(id, without("runJson", outs));
    assert.deepEqual(world.lines.slice(1), [
      `Run ${id} was never read, so its storages are not known and were not deleted. Apify deletes them after the account's retention period.`,
    ]);
  });

  for (const onDelete of ["shred", "PURGE", "", 5, null, true, ["purge"], { purge: true }]) {
    it(`deletes nothing, and says so, with onDelete ${JSON.stringify(onDelete)}`, async () => {
      const { id, outs } = await stored();
      await world.deployment().delete(id, { ...outs, onDelete });
      assert.deepEqual(writes(), []);
      const said = `Run ${id} and its data are kept: this version of pulumi-apify does not know \`onDelete\` ${JSON.stringify(onDelete)}. See https://`;
      assert.ok(world.lines.at(-1)?.startsWith(said), world.lines.at(-1));
    });
  }

  it("does not run again for arguments of which only the stored form is damaged, and mends that", async () => {
    const { id, outs } = await stored();
    const rest = without("actorTaskId", outs);
    const damaged = { ...rest, input: "{}", triggers: {}, links: [], expired: "no" };
    const { props } = await world.deployment().read(id, damaged);
    for (const olds of [damaged, props]) {
      const deployment = world.deployment();
      const inputs = await checkedBy(deployment);
      assert.deepEqual(await deployment.diff(id, olds, inputs), { changes: true });
      const updated = await deployment.update(id, olds, inputs);
      const healthy = JSON.parse(String(outs.runJson)) as Properties;
      assert.deepEqual(updated.outs, { ...outs, runJson: JSON.stringify(healthy) });
    }
    assert.deepEqual(writes(), []);
  });

  it("ends no operation with a bug, purges nothing and starts nothing, whatever is damaged", async () => {
    const names = [...Object.keys(news), "runJson", "links", "expired", "trackedTask", "askedAt"];
    const change = fc.oneof(
      { weight: 1, arbitrary: fc.constant(undefined) },
      { weight: 3, arbitrary: fc.jsonValue() },
      { weight: 1, arbitrary: fc.json() },
    );
    const damages = fc.dictionary(fc.constantFrom(...names), change, { minKeys: 1, maxKeys: 6 });
    const property = fc.asyncProperty(damages, async (changes) => {
      const { id, outs } = await stored();
      const damaged = Object.fromEntries(
        Object.entries({ ...outs, ...changes }).filter(([, value]) => value !== undefined),
      );
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
      const deployment = world.deployment();
      const inputs = await checkedBy(deployment);
      const decided = await attempt(deployment.diff(id, damaged, inputs));
      // Another value of its kind, or none, is a change; the engine names what it replaces for.
      if (decided?.replaces !== undefined) {
        assert.ok(decided.replaces.every((name) => name in changes || name === "status"));
      } else if (decided?.changes === true) {
        await attempt(deployment.update(id, damaged, inputs));
      }
      // A refresh shows what it would do by the inputs that are stored.
      const read = await attempt(world.deployment().read(id, damaged));
      await attempt(world.deployment().diff(id, read?.props ?? damaged, damaged));
      await attempt(world.deployment().delete(id, damaged));
      const written = writes();
      if (damaged.onDelete !== "purge") assert.deepEqual(written, []);
      assert.ok(world.emulator.requests.every(({ path }) => !path.includes("undefined")));
    });
    await fc.assert(property, { numRuns: amount({ quick: 60, full: 1000 }), seed: chosenSeed() });
  });
});
