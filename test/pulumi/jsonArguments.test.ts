import assert from "node:assert/strict";
import * as fc from "fast-check";
import { chosenSeed } from "../support/figures";
import { programValue } from "../support/programValues";
import { onTheWire } from "./onTheWire";

/** What `JSON.stringify` makes of each argument. */
function jsonOf(args: Readonly<Record<string, unknown>>): unknown {
  const texts = Object.entries(args).map(
    ([name, value]) => [name, JSON.stringify(value) as string | undefined] as const,
  );
  return Object.fromEntries(
    texts.flatMap(([name, text]) => (text === undefined ? [] : [[name, JSON.parse(text)]])),
  );
}

describe("the arguments as JSON", function () {
  this.timeout(60_000);

  it("are what JSON.stringify gives, whatever is in them and around them", async () => {
    const seed = chosenSeed();
    console.log(`      seed ${seed}: set PULUMI_APIFY_SEED to repeat it`);
    await fc.assert(
      fc.asyncProperty(programValue, programValue, async (input, trigger) => {
        const plain = { input: input.plain, triggers: [trigger.plain] };
        const wire = await onTheWire({ input: input.wrapped, triggers: [trigger.wrapped] });
        assert.deepEqual(wire, jsonOf(plain));
      }),
      { seed, numRuns: 10_000 },
    );
  });
});
