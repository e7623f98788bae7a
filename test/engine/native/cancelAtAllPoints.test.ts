import assert from "node:assert/strict";
import { lostRuns } from "../../host/support/runs";
import { amount, printFigures } from "../../support/figures";
import { expectDestroyed, expectSettled, recordedRuns, succeeds } from "../support/acceptance";
import { end } from "../support/endings";
import { finishAll, points, programOf, runsOf, stopAtAllPoints } from "../support/points";
import { describeEngine } from "../support/describeEngine";
import type { Point } from "../support/points";

const rounds = amount({ quick: 1, full: 6 });
const up = ["up", "--yes", "--skip-preview"];

/** What the next deployment does about the run at a point: only one whose start was answered is in the state. */
const fates = {
  looking: "Run ID started",
  unanswered: "Run ID found by its run key",
  waiting: "Resuming the wait for run ID",
  unwatched: "",
  ended: "",
} as const satisfies Record<Point, string>;

const title = "engine: an up that is ended by one ^C at five points at once";
const options = { sandboxPer: "suite", moreByHand: points, shells: "native" } as const;

describeEngine(title, options, (sandbox) => {
  const counted = { cliKills: 0, doubleStarts: 0, lostRuns: 0 };
  let generation = 0;

  after(() => {
    printFigures("the real CLI, native plugin, ended by one ^C", counted);
  });

  for (let round = 1; round <= rounds; round += 1) {
    for (const kind of ["new resource", "rerun"]) {
      it(`is followed by one that has the one run of each ${kind} (${round})`, async () => {
        const { emulator, project } = sandbox;
        project.program(programOf(++generation));
        const first = project.start(up);
        const { left } = await stopAtAllPoints(emulator, first, generation);
        const ended = await end(first, "^C");
        await left;
        assert.notEqual(ended.code, 0);
        assert.deepEqual(await project.pendingOperations(), []);
        const before = await recordedRuns(project);
        for (const point of ["waiting", "unwatched", "ended"] as const) {
          assert.equal(before.get(point), idsOf(point)[0]);
        }

        for (const id of idsOf("unwatched")) emulator.finish(id);
        const next = project.start(up);
        for (const point of points) {
          if (point === "looking") await emulator.whenRun(() => idsOf(point).length === 1);
          const [id = ""] = idsOf(point);
          await next.shows(fates[point].replace("ID", id));
        }
        finishAll(emulator);
        const output = await succeeds(next.ended);

        const recorded = await recordedRuns(project);
        for (const point of points) {
          const runs = runsOf(emulator, point, generation);
          counted.doubleStarts += Math.max(runs.length - 1, 0);
          counted.lostRuns += lostRuns(runs, [...recorded.values()], [ended.output, output]).length;
          assert.deepEqual(idsOf(point), [recorded.get(point)]);
        }
        counted.cliKills += 1;
      });
    }

    it(`leaves nothing to do, and after a destroy nothing at all (${round})`, async () => {
      const { emulator, project } = sandbox;
      await expectSettled(emulator, project);
      await expectDestroyed(emulator, project);
    });
  }

  function idsOf(point: Point): readonly string[] {
    return runsOf(sandbox.emulator, point, generation).map(({ id }) => id);
  }
});
