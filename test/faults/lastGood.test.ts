import assert from "node:assert/strict";
import * as fc from "fast-check";
import { amount, chosenSeed } from "../support/figures";
import { closeWorld, count, describeFaults, openFaultyWorld } from "./support/matrix";
import { atRequest, endOf } from "./support/trouble";
import type { Args } from "../../provider/lifecycle/args";
import type { TaskRunState } from "../../provider/lifecycle/state";
import type { KillMoment } from "./support/trouble";
import type { Command, Stack } from "./support/stack";
import type { World } from "./support/world";

/** What the program says, but for what never changes. */
type Program = Pick<
  Args,
  "input" | "onDelete" | "onExpired" | "onFailure" | "maxAgeSecs" | "waitSecs"
>;

/** One thing that happens. */
type Step =
  | { readonly kind: "edit"; readonly change: Program }
  | { readonly kind: "up"; readonly trouble?: Trouble | undefined }
  | { readonly kind: "refresh" }
  | { readonly kind: "expiry" }
  | { readonly kind: "time"; readonly hours: number };

/** What goes wrong during an `up`. */
type Trouble =
  | { readonly kind: "the run fails"; readonly status: "FAILED" | "ABORTED" | "TIMED-OUT" }
  | { readonly kind: "kill"; readonly request: number; readonly moment: KillMoment }
  | { readonly kind: "interrupt"; readonly afterSecs: number }
  | { readonly kind: "expiry" };

const change: fc.Arbitrary<Program> = fc.oneof(
  fc.record({ input: fc.record({ page: fc.integer({ min: 1, max: 3 }) }) }),
  fc.record({ onDelete: fc.constantFrom("abort", "keep", "purge") }),
  fc.record({ onExpired: fc.constantFrom("keep", "rerun") }),
  fc.record({ maxAgeSecs: fc.constantFrom(undefined, 3600) }),
  fc.record({ waitSecs: fc.constantFrom(undefined, 3) }),
);

/** What lets a deployment go on although there is no new data yet. */
const laxChange: fc.Arbitrary<Program> = fc.oneof(
  { weight: 3, arbitrary: change },
  { weight: 1, arbitrary: fc.record({ onFailure: fc.constantFrom("fail", "continue") }) },
  { weight: 1, arbitrary: fc.record({ waitSecs: fc.constantFrom(undefined, 0, 3) }) },
);

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  fc.record({
    kind: fc.constant("the run fails" as const),
    status: fc.constantFrom("FAILED", "ABORTED", "TIMED-OUT"),
  }),
  fc.record({
    kind: fc.constant("kill" as const),
    request: fc.integer({ min: 1, max: 12 }),
    moment: fc.constantFrom("before the work", "after the work"),
  }),
  fc.record({
    kind: fc.constant("interrupt" as const),
    afterSecs: fc.integer({ min: 0, max: 12 }),
  }),
  fc.record({ kind: fc.constant("expiry" as const) }),
);

const step = (edit: fc.Arbitrary<Program>): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("edit" as const), change: edit }) },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant("up" as const),
        trouble: fc.option(trouble, { nil: undefined }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("refresh" as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("expiry" as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("time" as const),
        hours: fc.constantFrom(0.01, 2),
      }),
    },
  );

/** A stack, and what another one reads of it. */
interface Story {
  readonly world: World;
  readonly stack: Stack;
  program: Program;
  /** The datasets of the runs that succeeded, whether Apify still has them or not. */
  readonly good: Set<string>;
  /** The runs that Apify has deleted by itself. */
  readonly expired: Set<string>;
  /** Whether Apify has deleted runs since the last refresh. */
  isExpiryUnseen: boolean;
  /** The last run that the state has, or had, and that delivered. */
  lastGood: string | undefined;
  /** Whether the consumer has read something. */
  hasRead: boolean;
}

async function play(steps: readonly Step[], promised: Promised): Promise<void> {
  const world = await openFaultyWorld();
  try {
    await live(world, steps, promised);
  } finally {
    await closeWorld(world);
  }
}

async function live(
  world: World,
  steps: readonly Step[],
  { begin, expect }: Promised,
): Promise<void> {
  const story: Story = {
    world,
    stack: world.stack(),
    program: begin,
    good: new Set(),
    expired: new Set(),
    isExpiryUnseen: false,
    lastGood: undefined,
    hasRead: false,
  };
  for (const each of steps) {
    await take(story, each);
    expect(story);
  }
  // Left alone, it has good data in the end.
  await take(story, { kind: "time", hours: 0.01 });
  await take(story, { kind: "edit", change: { waitSecs: undefined, onFailure: undefined } });
  await take(story, { kind: "refresh" });
  await take(story, { kind: "up" });
  expect(story);
  assert.ok(stackData(story) !== undefined, "there is data in the end");
}

async function take(story: Story, each: Step): Promise<void> {
  const { world, stack } = story;
  switch (each.kind) {
    case "edit":
      story.program = { ...story.program, ...each.change };
      break;
    case "up":
      await up(story, each.trouble);
      break;
    case "refresh":
      assert.deepEqual(await world.time.run(stack.refresh().done), {});
      story.isExpiryUnseen = false;
      break;
    case "expiry":
      expire(story);
      break;
    case "time":
      await world.time.advance(each.hours * 3_600_000);
      break;
  }
}

async function up(story: Story, trouble: Trouble | undefined): Promise<void> {
  const { world, stack, program } = story;
  const command = stack.up({ prices: { actorTaskId: "janedoe~quick", ...program } });
  if (trouble?.kind === "kill") {
    await endOf(world, command, atRequest(trouble.request, trouble.moment));
    return;
  }
  const callOff = make(story, trouble, command);
  const errors = Object.values(await world.time.run(command.done));
  callOff();
  // A run that is waited for may be gone: a refresh has to say so first.
  const mayFail = trouble !== undefined || program.waitSecs !== undefined || story.isExpiryUnseen;
  assert.ok(mayFail || errors.length === 0, errors.map(({ message }) => message).join("\n"));
}

/** Makes trouble for a command in a moment; gives what calls it off. */
function make(
  story: Story,
  trouble: Exclude<Trouble, { kind: "kill" }> | undefined,
  { process }: Command,
): () => void {
  if (trouble === undefined) return () => undefined;
  const { emulator, time } = story.world;
  const later = (secs: number, then: () => void): (() => void) =>
    time.emulatorClock.setTimer(secs * 1000, () => {
      count("faults");
      then();
    });
  switch (trouble.kind) {
    case "the run fails":
      return later(4, () => {
        for (const { id } of emulator.liveRuns()) emulator.finish(id, { status: trouble.status });
      });
    case "interrupt":
      return later(trouble.afterSecs, process.interrupt);
    case "expiry":
      return later(6, () => {
        expire(story);
      });
  }
}

/** Apify deletes what has ended, and no program can do anything about it. */
function expire(story: Story): void {
  const { emulator } = story.world;
  for (const { id, status } of emulator.runs()) {
    if (status === "READY" || status === "RUNNING") continue;
    story.expired.add(id);
    story.isExpiryUnseen = true;
    emulator.expireRun(id);
  }
}

/** The run whose data the consumer reads. */
function stackData({ stack }: Story): TaskRunState["run"] | undefined {
  return stack.stackOutputs.get("prices")?.run;
}

/** Expects that what the consumer reads is of a good run, and there unless Apify has deleted it. */
function expectGoodData(story: Story): void {
  const { world, good, expired } = story;
  for (const { status, defaultDatasetId } of world.emulator.runs()) {
    if (status === "SUCCEEDED") good.add(defaultDatasetId);
  }
  const read = stackData(story);
  if (read === undefined) {
    assert.ok(!story.hasRead, "the data is lost");
    return;
  }
  story.hasRead = true;
  assert.ok(good.has(read.defaultDatasetId), `${read.id} delivered`);
  const isThere = world.emulator.run(read.id) !== undefined;
  assert.ok(isThere || expired.has(read.id), `the data of ${read.id} is there`);
}

/** Expects that the data of the last run that is known to have delivered is there unless Apify has deleted it. */
function expectDataThere(story: Story): void {
  const { world, stack, expired } = story;
  const { outputs, toDelete = [] } = stack.state.get("prices") ?? {};
  for (const { run } of [...toDelete, ...(outputs === undefined ? [] : [outputs])]) {
    if (world.emulator.run(run.id)?.status === "SUCCEEDED") story.lastGood = run.id;
  }
  const { lastGood } = story;
  if (lastGood === undefined) return;
  const isThere = world.emulator.run(lastGood) !== undefined;
  assert.ok(isThere || expired.has(lastGood), `the data of ${lastGood} is there`);
}

/** What holds after each step of every story. */
interface Promised {
  readonly what: string;
  /** What the program says at first. */
  readonly begin: Program;
  readonly edit: fc.Arbitrary<Program>;
  readonly expect: (story: Story) => void;
}

const promises: readonly Promised[] = [
  {
    what: "is what another stack reads, and is never lost, whatever happens",
    begin: {},
    edit: change,
    expect: expectGoodData,
  },
  {
    what: "is purged by nothing that goes on without new data",
    begin: { onDelete: "purge", onFailure: "continue" },
    edit: laxChange,
    expect: expectDataThere,
  },
];

describeFaults("the last good data", () => {
  for (const promised of promises) {
    const { what, edit } = promised;
    it(what, async function () {
      this.timeout(amount({ quick: 60_000, full: 600_000 }));
      const seed = chosenSeed();
      console.log(`      seed ${seed}: set PULUMI_APIFY_SEED to repeat it`);
      const stories = fc.array(step(edit), { minLength: 5, maxLength: 25 });
      const property = fc.asyncProperty(stories, (steps) => play(steps, promised));
      await fc.assert(property, { seed, numRuns: amount({ quick: 60, full: 2_000 }) });
    });
  }
});
