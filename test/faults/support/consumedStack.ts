import assert from "node:assert/strict";
import * as fc from "fast-check";
import { count } from "./describeFaults";
import { atRequest, endOf } from "./kill";
import type { Args } from "../../../provider/resources/taskRun/argumentTable";
import type { KillMoment } from "./kill";
import type { Command, Stack } from "./stack";
import type { World } from "./world";

/** What the program says, but for what never changes. */
export type Program = Pick<
  Args,
  "input" | "onDelete" | "onExpired" | "onFailure" | "maxAgeSecs" | "waitSecs"
>;

/** One thing that happens. */
export type Step =
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

/** Something that happens, with these edits of the program. */
export const stepWith = (edit: fc.Arbitrary<Program>): fc.Arbitrary<Step> =>
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
export interface ConsumedStack {
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

/** Lets something happen. */
export async function takeStep(consumed: ConsumedStack, each: Step): Promise<void> {
  const { world, stack } = consumed;
  switch (each.kind) {
    case "edit":
      consumed.program = { ...consumed.program, ...each.change };
      break;
    case "up":
      await up(consumed, each.trouble);
      break;
    case "refresh":
      assert.deepEqual(await world.time.run(stack.refresh().done), {});
      consumed.isExpiryUnseen = false;
      break;
    case "expiry":
      expire(consumed);
      break;
    case "time":
      await world.time.advance(each.hours * 3_600_000);
      break;
  }
}

async function up(consumed: ConsumedStack, trouble: Trouble | undefined): Promise<void> {
  const { world, stack, program } = consumed;
  const command = stack.up({ prices: { actorTaskId: "janedoe~quick", ...program } });
  if (trouble?.kind === "kill") {
    await endOf(world, command, atRequest(trouble.request, trouble.moment));
    return;
  }
  const callOff = make(consumed, trouble, command);
  const errors = Object.values(await world.time.run(command.done));
  callOff();
  // A run that is waited for may be gone: a refresh has to say so first.
  const mayFail =
    trouble !== undefined || program.waitSecs !== undefined || consumed.isExpiryUnseen;
  assert.ok(mayFail || errors.length === 0, errors.map(({ message }) => message).join("\n"));
}

/** Makes trouble for a command in a moment; gives what calls it off. */
function make(
  consumed: ConsumedStack,
  trouble: Exclude<Trouble, { kind: "kill" }> | undefined,
  { process }: Command,
): () => void {
  if (trouble === undefined) return () => undefined;
  const { emulator, time } = consumed.world;
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
        expire(consumed);
      });
  }
}

/** Apify deletes what has ended, and no program can do anything about it. */
function expire(consumed: ConsumedStack): void {
  const { emulator } = consumed.world;
  for (const { id, status } of emulator.runs()) {
    if (status === "READY" || status === "RUNNING") continue;
    consumed.expired.add(id);
    consumed.isExpiryUnseen = true;
    emulator.expireRun(id);
  }
}
