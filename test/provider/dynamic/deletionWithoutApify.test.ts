import assert from "node:assert/strict";
import { taskRunProvider } from "../../../provider/dynamic/dynamicProvider";
import { aDeployment, argsByHand, settings, startWorld } from "../support/dynamicHost";
import type { TestProvider, World } from "../support/dynamicHost";

const urn = "urn:pulumi:dev::shop::x:TaskRun::prices";

async function messageOf(operation: () => Promise<unknown>): Promise<string> {
  try {
    await operation();
  } catch (error) {
    assert.ok(error instanceof Error);
    return error.message;
  }
  return assert.fail("it should have failed");
}

describe("a deletion for which Apify cannot be asked", () => {
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world.close());

  /** A deployment with this configuration. */
  function deployment(config: Readonly<Record<string, string>>): TestProvider {
    const base = { "apify:baseUrl": world.emulator.url };
    return taskRunProvider(settings({ ...base, ...config }), aDeployment()) as TestProvider;
  }

  for (const [what, config, says] of [
    ["the token is gone", {}, /^No Apify API token is set/],
    [
      "the token is refused",
      { "apify:token": "apify_api_OfNobody" },
      /401.*\nCheck the token in apify:token\. [^\n]*\n`pulumi refresh` and `pulumi destroy` use the token of the last/,
    ],
  ] as const) {
    it(`says how to be rid of the resource all the same when ${what}`, async () => {
      const { id, outs } = await world.deployment().create({ ...argsByHand, __urn: urn });
      const shown = await messageOf(() => deployment(config).delete(id, outs));
      assert.match(shown, says);
      assert.ok(shown.includes(`\`pulumi state delete '${urn}'\``), shown);
      assert.match(shown, /Or set `onDelete` to "keep", run `pulumi up`/);
      await world.deployment().delete(id, outs);
    });
  }

  it("needs no Apify for a resource whose run is kept", async () => {
    const kept = { ...argsByHand, onDelete: "keep" };
    const { id, outs } = await world.deployment().create(kept);
    await deployment({}).delete(id, outs);
    assert.deepEqual(
      world.emulator.liveRuns().map((run) => run.id),
      [id],
    );
  });
});
