import assert from "node:assert/strict";
import { isTerminal } from "../../../emulator";
import { lostRuns } from "./runs";
import { token } from "./world";
import type * as fc from "fast-check";
import type { Run } from "../../../emulator";
import type { Registration } from "../../support/host";
import type { HostStack } from "./hostStack";
import type { World } from "./world";

/** A stack of one resource whose runs end when a step ends them; it waits for none. */
export interface Model {
  /** It changes when the stack moves to another shell. */
  world: World;
  readonly stack: HostStack;
  readonly counts: ModelCounts;
  query: number;
  keyOrder: "as written" | "reversed";
  /** The input that the recorded run was started with. */
  recordedQuery: number | undefined;
}

/** What was done and found. */
export interface ModelCounts {
  modelSequences: number;
  modelCommands: number;
  hostKills: number;
  doubleStarts: number;
  lostRuns: number;
}

/** One command on the stack, or one event at Apify. */
export type Step = fc.AsyncCommand<Model, Model>;

function step(
  text: string,
  run: (model: Model) => Promise<void> | void,
  check: (model: Readonly<Model>) => boolean = () => true,
): Step {
  return {
    toString: () => text,
    check,
    run: async (model) => {
      model.counts.modelCommands += 1;
      await run(model);
      const texts = JSON.stringify([model.stack.state, model.stack.shown]);
      assert.ok(!texts.includes(token), "the token is neither shown nor recorded");
    },
  };
}

function registrationOf({ world, query, keyOrder }: Model): Registration {
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

/** The runs that are lost at present. */
export function lost({ world, stack }: Model): readonly Run[] {
  return lostRuns(world.emulator.runs(), [...stack.recorded], stack.shown);
}

/** An `up`, which starts a run exactly if there is none to use. */
export async function up(model: Model): Promise<void> {
  const { world, stack, counts } = model;
  const need = needOf(model);
  const before = world.emulator.runs().length;
  await stack.up(registrationOf(model));
  const started = world.emulator.runs().length - before;
  const expected = need === "start" ? 1 : 0;
  counts.doubleStarts += Math.max(0, started - expected);
  assert.equal(started, expected, `runs that were started when the need was: ${need}`);
  model.recordedQuery = model.query;
}

/** An `up` for something else does not look for the run that a kill has left. */
const maySay = (query: number, model: Readonly<Model>): boolean =>
  query === model.query || lost(model).length === 0;

/** Whether an `up` for this query gets to a point at which it can be ended. */
const reaches = (query: number, at: "look" | "start", model: Readonly<Model>): boolean => {
  const need = needOf({ ...model, query });
  return maySay(query, model) && need !== "nothing" && (need === "start" || at === "look");
};

/** The steps that may be taken. */
export const steps = {
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
  /** The program is changed to the classes of the other shell, which the next `up` sees. */
  move: () =>
    step("move()", (model) => {
      model.world = model.world.servedBy(model.world.shell === "dynamic" ? "native" : "dynamic");
    }),
  killedUp: (query: number, at: "look" | "start") =>
    step(
      `killedUp(${query}, "${at}")`,
      async (model) => {
        model.query = query;
        model.counts.hostKills += 1;
        await model.stack.brokenUp(registrationOf(model), at, "SIGKILL");
      },
      (model) => reaches(query, at, model),
    ),
  /** The first ^C, for which the native plugin alone ends its work. */
  cancelledUp: (query: number, at: "look" | "start") =>
    step(
      `cancelledUp(${query}, "${at}")`,
      async (model) => {
        model.query = query;
        model.counts.hostKills += 1;
        const before = model.stack.state.current;
        await model.stack.brokenUp(registrationOf(model), at, "Cancel");
        const isRecorded = model.stack.state.current !== before;
        assert.equal(isRecorded, at === "start", "whether a run is recorded");
        if (isRecorded) model.recordedQuery = query;
      },
      (model) => model.world.shell === "native" && reaches(query, at, model),
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
