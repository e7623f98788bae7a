import assert from "node:assert/strict";
import { ProviderError } from "../../../provider/resources/errors";
import { ApifyError, ApifyNoAnswerError } from "../../../provider/apify/errors";
import { message } from "../../../provider/apify/message";
import { withStoredConfig, withWayOut } from "../../../provider/dynamic/storedConfig";
import { taskRunProvider } from "../../../provider/dynamic/dynamicProvider";
import { argsByHand, settings, startWorld } from "../support/dynamicHost";
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
    return taskRunProvider(settings({ ...base, ...config }), () => undefined) as TestProvider;
  }

  for (const [what, config, says] of [
    ["the token is gone", {}, /^No Apify API token is set/],
    [
      "the token is refused",
      { "apify:token": "apify_api_OfNobody" },
      /401.*\nCheck apify:token\. [^\n]*\n`pulumi refresh` and `pulumi destroy` use the token of the last/,
    ],
  ] as const) {
    it(`says how to be rid of the resource all the same when ${what}`, async () => {
      const { id, outs } = await world.deployment().create({ ...argsByHand, __urn: urn });
      const shown = await messageOf(() => deployment(config).delete(id, outs));
      assert.match(shown, says);
      assert.ok(shown.includes(`\`pulumi state delete '${urn}'\``), shown);
      assert.match(shown, /Or set onDelete to "keep", and run `pulumi up`/);
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

  const place = { method: "GET", path: "/x" };
  it("says so of a connection that cannot be made", async () => {
    const error = new ApifyNoAnswerError(place, "unreachable", "ECONNREFUSED");
    const shown = await messageOf(() => withWayOut(urn, () => Promise.reject(error)));
    assert.match(shown, /ECONNREFUSED\nCheck apify:baseUrl.*\n.*pulumi state delete/);
  });

  it("keeps the cause of what it says", async () => {
    const refused = new ApifyError(place, 401, { type: "t", message: "m", data: undefined });
    const operation = (): Promise<void> =>
      withWayOut(urn, () => withStoredConfig(() => Promise.reject(refused)));
    await assert.rejects(operation, (error: Error) => {
      assert.ok(error.cause instanceof ProviderError);
      assert.equal(error.cause.cause, refused);
      return true;
    });
  });

  it("leaves what names a way of its own, and a bug, as it is", async () => {
    for (const error of [new ProviderError(message`Do this.`), new TypeError("a bug")]) {
      const shown = await messageOf(() => withWayOut(urn, () => Promise.reject(error)));
      assert.equal(shown, error.message);
    }
  });
});
