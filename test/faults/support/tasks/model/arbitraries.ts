import * as fc from "fast-check";
import { faultAnswers } from "../../../../../emulator";
import {
  destroy,
  faultOccurs,
  faultsPass,
  refresh,
  somebodyCreates,
  somebodyDeletes,
  somebodyEdits,
  up,
} from "./steps";
import { resourceNames, stackNames } from "./model";
import type { Fault } from "../../../../../emulator";
import type { Trouble } from "../../model/trouble";
import type { Edit } from "./edits";
import type { TaskModel } from "./model";
import type { TaskStep } from "./steps";

const { htmlPage, hugeError, rateLimited, redirect, refusal, requestTimeout, serverError } =
  faultAnswers;

const stack = fc.constantFrom(...stackNames);
const of = fc.constantFrom(...resourceNames);
const n = fc.nat(20);

const edits: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant("input"), of, query: fc.constantFrom(0, 1, 2, null) }),
  },
  fc.record({ what: fc.constant("title"), of, title: fc.constantFrom("One", "Two", null) }),
  fc.record({
    what: fc.constant("options"),
    of,
    memoryMbytes: fc.constantFrom(256, 512, null),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant("actor"),
      of,
      actor: fc.constantFrom("quick", "other"),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant("name"),
      of,
      name: fc.constantFrom("own", "popular", "popular", null),
    }),
  },
  fc.record({
    what: fc.constant("onDelete"),
    of,
    onDelete: fc.constantFrom("delete", "delete", "keep"),
  }),
  fc.record({ what: fc.constant("rename"), of }),
  fc.record({ what: fc.constant("adopt"), of, n }),
  fc.record({ what: fc.constant("noAdopt"), of }),
);

const how = fc.constantFrom("kill", "interrupt");
const troubles: fc.Arbitrary<Trouble> = fc.oneof(fc.record({ how, afterMillis: fc.nat(25_000) }), {
  weight: 3,
  arbitrary: fc.record({
    how,
    atRequest: fc.integer({ min: 1, max: 16 }),
    moment: fc.constantFrom("before the work", "after the work"),
  }),
});

const moment = fc.constantFrom("beforeWork", "afterWork");
const work = fc.constantFrom("done", "none");
const faults: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constant("reset"), when: moment }),
  fc.record({ kind: fc.constant("stall"), when: moment }),
  fc.constantFrom<Fault[]>(
    { kind: "stallBody" },
    { kind: "cutBody" },
    { kind: "cutBody", bytes: 0 },
    { kind: "emptyBody" },
    { kind: "notJson" },
    rateLimited(),
    rateLimited("20"),
    hugeError(100_000),
    redirect("http://127.0.0.1:9/elsewhere"),
    refusal("insufficient-permissions"),
    refusal("actor-task-name-not-unique"),
    htmlPage(403, "none"),
    htmlPage(409, "none"),
  ),
  work.map(serverError),
  work.map(requestTimeout),
  work.map((each) => htmlPage(502, each)),
);

const injections = fc.record({
  endpoint: fc.constantFrom("any", "any", "getTask"),
  fault: faults,
  times: fc.integer({ min: 1, max: 4 }),
  skip: fc.nat(6),
});

/** Present in so many of ten cases. */
const often = <T>(arbitrary: fc.Arbitrary<T>, times: number): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 10 - times, arbitrary: fc.constant(undefined) }, { weight: times, arbitrary });

const ups = fc
  .tuple(stack, often(edits, 6), often(troubles, 3))
  .map(([name, edit, trouble]) => up(name, edit, trouble));

const popularNames = stackNames.flatMap((name) =>
  resourceNames.map((resource) => `popular-${name}-${resource}`),
);

/** The steps that there are. What is often wanted stands there more than once. */
const steps: fc.Arbitrary<TaskStep>[] = [
  ...[ups, ups, ups, ups, ups],
  stack.map(refresh),
  fc.tuple(stack, often(troubles, 3)).map(([name, trouble]) => destroy(name, trouble)),
  fc.constantFrom(...popularNames, "somebodys").map(somebodyCreates),
  fc
    .tuple(
      n,
      fc.constantFrom(
        { input: { edited: true } },
        { title: "Edited" },
        { name: "renamed-in-the-console" },
        { options: { timeoutSecs: 60 } },
      ),
    )
    .map(([index, fields]) => somebodyEdits(index, fields)),
  n.map(somebodyDeletes),
  ...[injections.map(faultOccurs), injections.map(faultOccurs)],
  fc.constant(faultsPass()),
];

/** Up to so many steps, one after another. */
export function taskSequences(
  maxCommands: number,
  replayPath: string | undefined,
): fc.Arbitrary<Iterable<TaskStep>> {
  return fc.commands<TaskModel, TaskModel, false>(steps, {
    maxCommands,
    size: "max",
    ...(replayPath === undefined ? {} : { replayPath }),
  });
}
