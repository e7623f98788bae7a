import assert from "node:assert/strict";
import fc from "fast-check";
import { isRequestTo } from "../../emulator";
import { succeeds } from "./support/acceptance";
import { openWorld } from "./support/world";
import example from "../fixtures/run-201.json";
import type { Answer } from "../../emulator";
import type { World } from "./support/world";

/** Everything that Apify documents of a run, or that was seen, but what is needed. */
const fields = [
  ...Object.keys(example.data),
  ...["actorTaskId", "storageIds", "metamorphs", "pricingInfo", "chargedEventCounts"],
  ...["platformUsageBillingModel", "eventUsage", "createdByOrganizationMemberUserId"],
  ...["unread", "news", "__proto__", "constructor", "toJSON"],
].filter((field) => field !== "id" && field !== "status");

/** What a list of runs says of itself. */
const pageFields = ["total", "offset", "limit", "count", "desc"];

function nested(levels: number): string {
  return `${"[".repeat(levels)}${"]".repeat(levels)}`;
}

/** A JSON text, or none for a field that is left out. */
const odd = fc.oneof(
  fc.json(),
  fc.constantFrom("null", '""', "0", "-1", "1e999", "true", "[]", "{}", '"2026-01-01T00:00:00Z"'),
  fc.constantFrom('{"__proto__": {"status": "FAILED"}}', "[null]", '{"":""}', '"\\ud800"', '".."'),
  fc.constantFrom(`"${"x".repeat(50_000)}"`, nested(300), `[${"7,".repeat(50_000)}7]`),
  fc.constant(undefined),
);

type Odd = Readonly<Record<string, string | undefined>>;

/** What is put in the place of fields: at the top of a run, one level below, and in a page of a list. */
interface Spoiled {
  readonly run: Odd;
  readonly inside: Odd;
  readonly page: Odd;
}

const spoiled: fc.Arbitrary<Spoiled> = fc.record({
  run: fc.dictionary(fc.constantFrom(...fields), odd, { maxKeys: 6 }),
  inside: fc.dictionary(fc.constantFrom(...fields, "origin", "build", "datasets"), odd, {
    maxKeys: 3,
  }),
  page: fc.dictionary(fc.constantFrom(...pageFields), odd),
});

/** The object with the odd values in it, as JSON. */
function withOdd(object: Record<string, unknown>, replaced: Odd): string {
  const kept = Object.entries(object).filter(([name]) => !Object.hasOwn(replaced, name));
  const texts = [
    ...kept.map(([name, value]) => [name, JSON.stringify(value)] as const),
    ...Object.entries(replaced),
  ];
  const pairs = texts.flatMap(([name, text]) =>
    text === undefined ? [] : [`${JSON.stringify(name)}:${text}`],
  );
  return `{${pairs.join(",")}}`;
}

function spoiledRun(run: Record<string, unknown>, { run: top, inside }: Spoiled): string {
  const below = Object.fromEntries(
    Object.entries(run).flatMap(([name, value]) =>
      typeof value === "object" && value !== null && !Object.hasOwn(top, name)
        ? [[name, withOdd(value as Record<string, unknown>, inside)] as const]
        : [],
    ),
  );
  return withOdd(run, { ...below, ...top });
}

function spoil(answer: Answer, how: Spoiled): Answer {
  if (answer.status >= 300) return answer;
  const { data } = JSON.parse(answer.body.toString()) as { data: Record<string, unknown> };
  const text = Array.isArray(data.items)
    ? withOdd(data, {
        ...how.page,
        items: `[${data.items.map((item: Record<string, unknown>) => spoiledRun(item, how)).join(",")}]`,
      })
    : spoiledRun(data, how);
  return { ...answer, body: Buffer.from(`{"data":${text}}`) };
}

/** A world in which each answer that describes runs is odd. */
async function openOddWorld(how: Spoiled): Promise<World> {
  const world = await openWorld();
  const endpoints = ["startRun", "getRun", "abortRun", "listTaskRuns"] as const;
  world.emulator.use(async (request, exchange) => {
    if (!endpoints.some((endpoint) => isRequestTo(endpoint, request))) return "pass";
    exchange.send(spoil(await exchange.serve(), how));
    return "handled";
  });
  return world;
}

describe("runs that are described oddly", () => {
  it("are deployed like any other", async () => {
    await fc.assert(
      fc.asyncProperty(spoiled, async (how) => {
        const world = await openOddWorld(how);
        try {
          await deployment(world);
        } finally {
          await world.close();
        }
      }),
      { numRuns: 25 },
    );
  });
});

async function deployment(world: World): Promise<void> {
  const { emulator } = world;
  const stack = world.stack();
  const latest = (): string | undefined => emulator.runs().at(-1)?.id;
  const waited = { actorTaskId: "janedoe~quick", onDelete: "purge" } as const;
  const unwatched = { actorTaskId: "janedoe~by-hand", waitSecs: 0 };

  await succeeds(world, stack.up({ waited, unwatched }));
  assert.equal(emulator.runs().length, 2);
  const outputs = stack.state.get("waited")?.outputs;
  assert.equal(outputs?.run.status, "SUCCEEDED");
  const stored = JSON.stringify(outputs);
  assert.ok(stored.length < 512 * 1024, `${stored.length} characters are stored`);
  assert.doesNotMatch(JSON.stringify(outputs.links), /undefined|null/);

  emulator.clearRequests();
  await succeeds(world, stack.up({ waited, unwatched }));
  await succeeds(world, stack.refresh());
  assert.deepEqual(emulator.writes(), []);

  const input = { page: 2 };
  await succeeds(world, stack.up({ waited: { ...waited, input }, unwatched }));
  assert.equal(emulator.runs().length, 2 + 1 - 1);
  assert.equal(stack.state.get("waited")?.outputs.run.id, latest());
  await succeeds(world, stack.destroy());
  assert.deepEqual(emulator.liveRuns(), []);
}
