import assert from "node:assert/strict";
import { amount, printFigures } from "../support/figures";
import { createDraw } from "./support/draw";
import { fateAfter, killAndDeployAgain } from "./support/kill";
import { points } from "./support/points";
import { lostRuns } from "./support/runs";
import type { Aftermath, Kill } from "./support/kill";

const draw = createDraw();
const rounds = amount({ quick: 1, full: 12 });

const kinds = ["first run", "replacement"] as const;
const ownKey = "commit 4f2c1d9";

/** Every point for both kinds; a key of the user's own is drawn, but for the one case in which it changes the fate. */
const cases = [
  ...kinds.flatMap((kind) =>
    points.map((point) => ({
      point,
      kind,
      keys: kind === "first run" && point === "end unanswered" ? [undefined] : [undefined, ownKey],
    })),
  ),
  { point: "end unanswered", kind: "first run", keys: [ownKey] } as const,
];

describe(`a deployment whose host is killed (seed ${draw.seed})`, function () {
  this.timeout(20_000 * rounds);

  const counted = { hostKills: 0, doubleStarts: 0, lostRuns: 0 };

  after(() => {
    printFigures("the real host, killed", counted);
  });

  for (const { point, kind, keys } of cases) {
    const kills = Array.from({ length: rounds }, (): Kill => ({
      point,
      kind,
      idempotencyKey: draw.oneOf(keys),
      strangers: draw.index(3),
      listedMeta: draw.oneOf(["full", "origin"]),
    }));
    const key = keys[0] === undefined ? "" : " with a key";
    it(`is followed by one that gets the one ${kind}${key}: killed at "${point}"`, async () => {
      for (const kill of kills) {
        const aftermath = await killAndDeployAgain(kill);
        const { recorded, runs, shown } = aftermath;
        counted.hostKills += 1;
        counted.doubleStarts += runs.length - (fateAfter(kill) === "named and run again" ? 2 : 1);
        counted.lostRuns += lostRuns(runs, [recorded.id], shown).length;
        assertFate(kill, aftermath);
      }
    });
  }
});

function assertFate(kill: Kill, { orphan, recorded, runs, shown }: Aftermath): void {
  const context = `${JSON.stringify(kill)}\n${shown.join("\n")}`;
  const ids = runs.map(({ id }) => id);
  const isShown = (pattern: RegExp): void => {
    assert.ok(
      shown.some((line) => pattern.test(line)),
      `${String(pattern)} is not shown: ${context}`,
    );
  };
  switch (fateAfter(kill)) {
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
