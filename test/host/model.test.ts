import assert from "node:assert/strict";
import * as fc from "fast-check";
import { isTerminal } from "../../emulator";
import { amount, chosenSeed, printFigures } from "../support/figures";
import { openHostStack } from "./support/hostStack";
import { lostRuns } from "./support/runs";
import { openWorld, token } from "./support/world";
import type { Run } from "../../emulator";
import type { Properties } from "../support/host";
import type { HostStack } from "./support/hostStack";
import type { World } from "./support/world";

/** A stack of one resource whose runs end when a step ends them; it waits for none. */
interface Model {
  readonly world: World;
  readonly stack: HostStack;
  query: number;
  keyOrder: "as written" | "reversed";
  /** The input that the recorded run was started with. */
  recordedQuery: number | undefined;
}

type Step = fc.AsyncCommand<Model, Model>;

const counts = { modelSequences: 0, modelCommands: 0, hostKills: 0, doubleStarts: 0, lostRuns: 0 };

function step(
  text: string,
  run: (model: Model) => Promise<void> | void,
  check: (model: Readonly<Model>) => boolean = () => true,
): Step {
  return {
    toString: () => text,
    check,
    run: async (model) => {
      counts.modelCommands += 1;
      await run(model);
      const texts = JSON.stringify([model.stack.state, model.stack.shown]);
      assert.ok(!texts.includes(token), "the token is neither shown nor recorded");
    },
  };
}

function argsOf({ world, query, keyOrder }: Model): Properties {
  const keys = Object.entries({ query, filter: { from: query, to: query + 1 } });
  const input = Object.fromEntries(keyOrder === "as written" ? keys : keys.reverse());
  return world.resource("prices", { actorTaskId: "janedoe~by-hand", input, waitSecs: 0 });
}

function recordedRun({ stack }: Model): Run | undefined {
  const text = stack.state.current?.properties.runJson;
  return typeof text === "string" ? (JSON.parse(text) as Run) : undefined;
}

/** The runs for what the program says at present. */
function ownRuns({ world: { emulator }, query }: Model): readonly Run[] {
  return emulator.runs().filter((run) => {
    const input = emulator.record(run.defaultKeyValueStoreId, "INPUT") as { query: number };
    return input.query === query;
  });
}

/** Whether an `up` has to start a run, has to take one over, or needs none. */
function needOf(model: Model): "nothing" | "take over" | "start" {
  const recorded = recordedRun(model);
  if (recorded !== undefined && model.recordedQuery === model.query) {
    if (!isTerminal(recorded.status) || recorded.status === "SUCCEEDED") return "nothing";
  }
  const isThere = ownRuns(model).some(
    ({ status, startedAt }) =>
      !isTerminal(status) ||
      (status === "SUCCEEDED" && recorded !== undefined && startedAt > recorded.startedAt),
  );
  return isThere ? "take over" : "start";
}

function lost({ world, stack }: Model): readonly Run[] {
  return lostRuns(world.emulator.runs(), [...stack.recorded], stack.shown);
}

async function up(model: Model): Promise<void> {
  const { world, stack } = model;
  const need = needOf(model);
  const before = world.emulator.runs().length;
  await stack.up(argsOf(model));
  const started = world.emulator.runs().length - before;
  const expected = need === "start" ? 1 : 0;
  counts.doubleStarts += Math.max(0, started - expected);
  assert.equal(started, expected, `runs that were started when the need was: ${need}`);
  model.recordedQuery = model.query;
}

/** An `up` for something else does not look for the run that a kill has left. */
const maySay = (query: number, model: Readonly<Model>): boolean =>
  query === model.query || lost(model).length === 0;

const steps = {
  up: (query: number) =>
    step(
      `up(${query})`,
      async (model) => {
        model.query = query;
        await up(model);
      },
      (model) => maySay(query, model),
    ),
  reorder: () =>
    step("reorder()", async (model) => {
      model.keyOrder = model.keyOrder === "reversed" ? "as written" : "reversed";
      await up(model);
    }),
  killedUp: (query: number, at: "look" | "start") =>
    step(
      `killedUp(${query}, "${at}")`,
      async (model) => {
        model.query = query;
        counts.hostKills += 1;
        await model.stack.killedUp(argsOf(model), at);
      },
      (model) => {
        const need = needOf({ ...model, query });
        return maySay(query, model) && need !== "nothing" && (need === "start" || at === "look");
      },
    ),
  refresh: () =>
    step("refresh()", async (model) => {
      await model.stack.refresh();
      const id = model.stack.state.current?.id;
      const status = id === undefined ? undefined : model.world.emulator.run(id)?.status;
      assert.equal(recordedRun(model)?.status, status);
    }),
  destroy: () =>
    step("destroy()", async (model) => {
      const id = model.stack.state.current?.id;
      await model.stack.destroy();
      model.recordedQuery = undefined;
      assert.ok(!model.world.emulator.liveRuns().some((run) => run.id === id));
    }),
  runEnds: (status: string) =>
    step(
      `runEnds("${status}")`,
      ({ world: { emulator } }) => {
        const run = emulator.liveRuns().at(-1);
        if (run !== undefined) emulator.finish(run.id, { status });
      },
      ({ world: { emulator } }) => emulator.liveRuns().length > 0,
    ),
};

const queries = fc.nat(1);
const sequences = fc.commands<Model, Model, false>(
  [
    queries.map(steps.up),
    fc.tuple(queries, fc.constantFrom("look", "start")).map((args) => steps.killedUp(...args)),
    fc.constant(steps.reorder()),
    fc.constant(steps.refresh()),
    fc.constant(steps.destroy()),
    fc.constantFrom("SUCCEEDED", "FAILED").map(steps.runEnds),
  ],
  { maxCommands: amount({ quick: 14, full: 20 }), size: "max" },
);

async function play(sequence: Iterable<Step>): Promise<void> {
  const world = await openWorld();
  counts.modelSequences += 1;
  try {
    const stack = openHostStack(world);
    const model: Model = {
      world,
      stack,
      query: 0,
      keyOrder: "as written",
      recordedQuery: undefined,
    };
    await fc.asyncModelRun(() => ({ model, real: model }), sequence);
    await up(model);
    counts.lostRuns += lost(model).length;
    assert.deepEqual(lost(model), [], "lost runs");
  } finally {
    await world.close();
  }
}

describe("the model of the real host", function () {
  this.timeout(amount({ quick: 240_000, full: 1_800_000 }));

  after(() => {
    printFigures("the model of the real host", counts);
  });

  it("agrees with what happens, whatever is done and whenever the host is killed", async () => {
    const seed = chosenSeed();
    console.log(`      seed ${seed}: set PULUMI_APIFY_SEED to repeat it`);
    const numRuns = amount({ quick: 5, full: 60 });
    await fc.assert(fc.asyncProperty(sequences, play), { seed, numRuns });
  });
});
