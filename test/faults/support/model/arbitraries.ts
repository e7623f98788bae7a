import * as fc from "fast-check";
import { quickRunMillis } from "../world";
import { destroy, parallelUp, refresh, up } from "./commands";
import { faultOccurs, faultsPass, runDeleted, runEnds, runResurrected, timePasses } from "./events";
import { injections } from "./faults";
import { resourceNames, stackNames } from "./model";
import type { EmulatorSettings } from "../../../../emulator";
import type { Edit } from "./edits";
import type { Model } from "./model";
import type { Step } from "./step";
import type { Meanwhile, Trouble } from "./trouble";

/** How Apify behaves in one world. */
export const behaviours: fc.Arbitrary<Partial<EmulatorSettings>> = fc.record({
  startDelayMillis: fc.constantFrom(0, 3_000),
  stopDelayMillis: fc.constantFrom(0, 5_000),
  listedMeta: fc.constantFrom("full", "origin"),
  readLagReads: fc.constantFrom(0, 0, 1, 3),
  listLagMillis: fc.constantFrom(0, 2_000, 10_000),
  dateSkewMillis: fc.constantFrom(0, 3_000, -3_000),
  dateHeader: fc.constantFrom("sent", "sent", "missing"),
});

const stack = fc.constantFrom(...stackNames);
const of = fc.constantFrom(...resourceNames);
const n = fc.nat(20);
const ends = fc.constantFrom("SUCCEEDED", "FAILED", "ABORTED", "TIMED-OUT");

const newInput = fc.record({ what: fc.constant("input"), of, query: fc.nat(2) });
const edits: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 4, arbitrary: newInput },
  fc.record({ what: fc.constant("keyOrder"), of }),
  fc.record({ what: fc.constant("build"), of, build: fc.constantFrom("latest", "beta", null) }),
  fc.record({ what: fc.constant("waitSecs"), of, waitSecs: fc.constantFrom(0, 5, 30) }),
  fc.record({
    what: fc.constant("onDelete"),
    of,
    onDelete: fc.constantFrom("abort", "keep", "purge"),
  }),
  fc.record({ what: fc.constant("adoptRunId"), of, run: n }),
  { weight: 2, arbitrary: fc.record({ what: fc.constant("noAdoptRunId"), of }) },
);

const how = fc.constantFrom("kill", "interrupt");
/** Far enough that each part of an `up` is met, and some have ended before. */
const momentMillis = fc.nat(2.5 * quickRunMillis);
const troubles: fc.Arbitrary<Trouble> = fc.oneof(
  fc.record({ how, afterMillis: momentMillis }),
  fc.record({
    how,
    atRequest: fc.integer({ min: 1, max: 12 }),
    moment: fc.constantFrom("before the work", "after the work"),
  }),
);
const meanwhile: fc.Arbitrary<Meanwhile> = fc.record({
  afterMillis: fc.nat(15_000),
  status: fc.oneof({ weight: 3, arbitrary: fc.constant("SUCCEEDED") }, ends),
});

/** Present in so many of ten cases. */
const often = <T>(arbitrary: fc.Arbitrary<T>, times: number): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 10 - times, arbitrary: fc.constant(undefined) }, { weight: times, arbitrary });

const ups = fc
  .record({
    stack,
    edit: often(edits, 6),
    trouble: often(troubles, 3),
    meanwhile: often(meanwhile, 5),
  })
  .map(({ meanwhile: other, ...options }) => up(options, other));

const parallelUps = fc
  .record({
    edit: often(newInput, 6),
    dev: often(troubles, 3),
    prod: often(troubles, 3),
    meanwhile: often(meanwhile, 5),
  })
  .map(({ edit, dev, prod, meanwhile: other }) => parallelUp(edit, { dev, prod }, other));

/** The steps that there are. What is often wanted stands there more than once. */
const steps: fc.Arbitrary<Step>[] = [
  ...[ups, ups, ups, ups, ups],
  parallelUps,
  stack.map(refresh),
  fc.tuple(stack, often(troubles, 3)).map(([name, trouble]) => destroy(name, trouble)),
  fc.tuple(n, ends).map(([index, status]) => runEnds(index, status)),
  n.map(runResurrected),
  n.map(runDeleted),
  ...[injections.map(faultOccurs), injections.map(faultOccurs)],
  fc.constant(faultsPass()),
  fc.integer({ min: 1, max: 120 }).map(timePasses),
];

/** Up to so many steps, one after another. */
export function sequences(
  maxCommands: number,
  replayPath: string | undefined,
): fc.Arbitrary<Iterable<Step>> {
  return fc.commands<Model, Model, false>(steps, {
    maxCommands,
    size: "max",
    ...(replayPath === undefined ? {} : { replayPath }),
  });
}
