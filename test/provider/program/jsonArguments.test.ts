import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";
import { amount, chosenSeed } from "../../support/figures";
import { programValue, type ProgramValue } from "../../support/programValues";
import { onTheWire, registered } from "../support/onTheWire";

/** What `JSON.stringify` makes of each argument. */
function jsonOf(args: Readonly<Record<string, unknown>>): unknown {
  const texts = Object.entries(args).map(
    ([name, value]) => [name, JSON.stringify(value) as string | undefined] as const,
  );
  return Object.fromEntries(
    texts.flatMap(([name, text]) => (text === undefined ? [] : [[name, JSON.parse(text)]])),
  );
}

/** Values of which JavaScript can make no text, as the SDK does with each argument. */
const withoutText: readonly object[] = [
  { toString: "data" },
  { toString: null },
  { toString: { deeper: 1 }, valueOf: 2 },
  { list: [{ toString: 1 }], toString: [] },
];

function isObject({ plain }: ProgramValue): boolean {
  return (JSON.stringify(plain) as string | undefined)?.startsWith("{") === true;
}

describe("the arguments as JSON", () => {
  for (const value of withoutText) {
    it(`are registered with ${JSON.stringify(value)} in them`, async () => {
      const plain = { input: value, triggers: [value, [value]] };
      assert.deepEqual(await registered(plain), plain);
      const input = pulumi.output(0).apply(() => value);
      assert.deepEqual(await registered({ input, triggers: [input] }), {
        input: value,
        triggers: [value],
      });
    });
  }

  it("are registered as JSON.stringify gives them", async () => {
    const seed = chosenSeed();
    console.log(`      seed ${seed}: set PULUMI_APIFY_SEED to repeat it`);
    await fc.assert(
      fc.asyncProperty(programValue.filter(isObject), programValue, async (input, trigger) => {
        const plain = { input: input.plain, triggers: [trigger.plain] };
        const there = await registered({ input: input.wrapped, triggers: [trigger.wrapped] });
        assert.deepEqual(there, jsonOf(plain));
      }),
      { seed, numRuns: amount({ quick: 25, full: 100 }) },
    );
  });

  it("are what JSON.stringify gives, whatever is in them and around them", async () => {
    const seed = chosenSeed();
    console.log(`      seed ${seed}: set PULUMI_APIFY_SEED to repeat it`);
    await fc.assert(
      fc.asyncProperty(programValue, programValue, async (input, trigger) => {
        const plain = { input: input.plain, triggers: [trigger.plain] };
        const wire = await onTheWire({ input: input.wrapped, triggers: [trigger.wrapped] });
        assert.deepEqual(wire, jsonOf(plain));
      }),
      { seed, numRuns: amount({ quick: 2_500, full: 10_000 }) },
    );
  });
});
