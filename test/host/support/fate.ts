import assert from "node:assert/strict";
import type { Aftermath, Kill } from "./kill";

/** What is to become of the run that the killed process was about to start or had started. */
export type Fate =
  /** There is none; the next deployment starts it. */
  | "started by the next"
  | "taken over"
  /** It was recorded; the next deployment waits on for it. */
  | "waited on for"
  /** It delivered, and nobody can tell that this was not seen: it is named, and another one is started. */
  | "named and run again";

/** See {@link Fate}. Pure. */
function fateAfter({ by, point, kind, idempotencyKey }: Kill): Fate {
  if (point === "looking" || point === "start lost") return "started by the next";
  if (by === "Cancel") return "waited on for";
  const isTold = kind === "replacement" || idempotencyKey !== undefined;
  return point === "end unanswered" && !isTold ? "named and run again" : "taken over";
}

/** Fails unless the run had its fate, and the next deployment said so. */
export function assertFate(kill: Kill, { orphan, kept, recorded, runs, shown }: Aftermath): void {
  const context = `${JSON.stringify(kill)}\n${shown.join("\n")}`;
  const fate = fateAfter(kill);
  const ids = runs.map(({ id }) => id);
  const isShown = (pattern: RegExp): void => {
    assert.ok(
      shown.some((line) => pattern.test(line)),
      `${String(pattern)} is not shown: ${context}`,
    );
  };
  assert.equal(kept, fate === "waited on for" ? orphan?.id : undefined, context);
  switch (fate) {
    case "started by the next":
      assert.equal(orphan, undefined, context);
      assert.deepEqual(ids, [recorded.id], context);
      isShown(new RegExp(`^Run ${recorded.id} started: https://`));
      return;
    case "taken over":
      assert.equal(orphan?.id, recorded.id, context);
      assert.deepEqual(ids, [recorded.id], context);
      isShown(new RegExp(`^Run ${recorded.id} found by its run key \\(.*: https://`));
      return;
    case "waited on for":
      assert.equal(orphan?.id, recorded.id, context);
      assert.deepEqual(ids, [recorded.id], context);
      isShown(new RegExp(`^Resuming the wait for run ${recorded.id}: https://`));
      return;
    case "named and run again":
      assert.ok(orphan, context);
      assert.deepEqual(ids, [orphan.id, recorded.id], context);
      isShown(
        new RegExp(
          `^Run ${orphan.id} was started .* status SUCCEEDED\\. .*\`adoptRunId\` to "${orphan.id}"`,
        ),
      );
  }
}

/** How many runs there are for the one intent if nothing goes wrong. Pure. */
export function runsAfter(kill: Kill): number {
  return fateAfter(kill) === "named and run again" ? 2 : 1;
}
