import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";
import { amount, chosenSeed } from "../../support/figures";
import { refusedMembers, refusedOutsideOutputs, refusedValues } from "../../support/refusedValues";
import { onTheWire } from "../support/onTheWire";

/** What is said of arguments, each line without its indent; nothing if they are taken. */
async function saidOf(args: object): Promise<readonly string[]> {
  try {
    await onTheWire(args);
    return [];
  } catch (error) {
    assert.ok(pulumi.RunError.isInstance(error), String(error));
    assert.equal(error.stack, error.message, "a stack is of no use, and slow to print");
    const [heading, ...lines] = error.message.split("\n");
    assert.equal(heading, 'The arguments of TaskRun "prices" cannot be sent to Apify as JSON:');
    return lines.map((line) => line.trim());
  }
}

async function assertSaid(args: object, path: string, reason: string): Promise<void> {
  const [line = "", ...others] = await saidOf(args);
  assert.ok(line.startsWith(`\`${path}\` `), line);
  assert.ok(line.includes(reason), line);
  assert.deepEqual(others, []);
}

const outputOf = (make: () => unknown): unknown => pulumi.output(0).apply(make);
const promiseOf = (make: () => unknown): unknown => Promise.resolve(0).then(() => [make()]);

describe("the arguments that are not JSON", () => {
  for (const [name, [make, reason]] of Object.entries(refusedValues)) {
    it(`are refused by their path: ${name}`, async () => {
      const args = (value: unknown): object => ({ input: { urls: [1, { value }] } });
      await assertSaid(args(make()), "input.urls[1].value", reason);
      await assertSaid(args(outputOf(make)), "input.urls[1].value", reason);
      await assertSaid(args(pulumi.secret(0).apply(make)), "input.urls[1].value", reason);
      await assertSaid(args(promiseOf(make)), "input.urls[1].value[0]", reason);
      await assertSaid({ triggers: [[], make()] }, "triggers[1]", reason);
      await assertSaid({ build: make() }, "build", reason);
    });
  }

  for (const [path, [make, reason]] of Object.entries(refusedMembers)) {
    it(`are refused by the path of the member input${path}`, async () => {
      await assertSaid({ input: make() }, `input${path}`, reason);
      await assertSaid({ input: { a: outputOf(make) } }, `input.a${path}`, reason);
      await assertSaid({ triggers: [make()] }, `triggers[0]${path}`, reason);
    });
  }

  for (const [path, [make, reason]] of Object.entries(refusedOutsideOutputs)) {
    it(`are refused by the path of input${path}, before Pulumi sees it`, async () => {
      await assertSaid({ input: make() }, `input${path}`, reason);
      await assertSaid({ triggers: [make()] }, `triggers[0]${path}`, reason);
    });
  }

  it("are refused when a list has no end", async () => {
    const reason = "holds more than 5000000 values";
    await assertSaid({ input: { list: new Array(4_000_000_000) } }, "input", reason);
    const thousand = new Array(1_000).fill(0);
    await assertSaid({ triggers: [new Array(1_000_000).fill(thousand)] }, "triggers", reason);
  });

  it("are refused when they are nested more than 200 levels deep, in any of the ways", async () => {
    const reason = "nests lists and objects more than 200 levels deep";
    const nested = (levels: number, around: (inner: unknown) => unknown): unknown =>
      levels === 0 ? 1 : around(nested(levels - 1, around));
    const ways = [
      (inner: unknown): unknown => [inner],
      (inner: unknown): unknown => ({ inner }),
      (inner: unknown): unknown => outputOf(() => [inner]),
      (inner: unknown): unknown => ({ toJSON: () => [inner] }),
    ];
    for (const way of ways) {
      assert.deepEqual(await saidOf({ input: nested(200, way) }), []);
      const [line = "", ...others] = await saidOf({ input: nested(201, way) });
      assert.ok(line.startsWith("`input") && line.includes(reason), line);
      assert.deepEqual(others, []);
    }
  });

  it("are all named at once", async () => {
    const lines = await saidOf({
      actorTaskId: () => "x",
      input: { since: new Date(NaN), "max items": 10n, list: [new Map(), 1, new Set()] },
      triggers: [NaN],
    });
    assert.deepEqual(
      lines.map((line) => line.split("` is ")[0]?.slice(1)),
      [
        "actorTaskId",
        "input.since",
        'input["max items"]',
        "input.list[0]",
        "input.list[2]",
        "triggers[0]",
      ],
    );
  });

  it("are counted where they are too many to name", async () => {
    const lines = await saidOf({ input: { list: Array.from({ length: 1_000 }, () => NaN) } });
    assert.equal(lines.length, 101);
    assert.equal(lines.at(-1), "and 900 more");
  });

  it("are told in a few lines however long their keys are", async () => {
    const [line = ""] = await saidOf({ input: { ["😀".repeat(100_000)]: NaN } });
    assert.ok(line.length < 1_000, `${line.length} characters`);
    assert.doesNotMatch(line, /\p{Surrogate}/u);
  });

  it("are the only ones that are refused, whatever else there is", async () => {
    const seed = chosenSeed();
    console.log(`      seed ${seed}: set PULUMI_APIFY_SEED to repeat it`);
    const anything = fc.anything({
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
    });
    const counts = { taken: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(anything, async (value) => {
        const said = await saidOf({ input: { value } });
        if (said.length > 0) {
          counts.refused++;
          for (const line of said) assert.match(line, /^`input\.value/);
          return;
        }
        counts.taken++;
        const wire = await onTheWire({ input: { value } });
        assert.deepEqual(wire, { input: JSON.parse(JSON.stringify({ value })) as unknown });
      }),
      { seed, numRuns: amount({ quick: 1_500, full: 5_000 }) },
    );
    assert.ok(counts.taken > 500 && counts.refused > 500, JSON.stringify(counts));
  });
});
