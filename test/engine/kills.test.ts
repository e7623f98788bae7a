import assert from "node:assert/strict";
import { lostRuns } from "../host/support/runs";
import { amount, printFigures } from "../support/figures";
import {
  expectDestroyed,
  expectSettled,
  fails,
  recordedRuns,
  succeeds,
} from "./support/acceptance";
import { end, type Ended } from "./support/endings";
import { finishAll, points, programOf, runsOf, stopAtAllPoints } from "./support/points";
import { describeEngine } from "./support/describeEngine";
import { diagnosticsOf } from "./support/terminal";
import type { Point } from "./support/points";
import type { RunningCommand } from "./support/project";

const rounds = amount({ quick: 1, full: 6 });
const up = ["up", "--yes", "--skip-preview"];

/** What the next deployment has to do about the resource at a point. */
type Fate = "start" | "take over" | "name and start another";

/** A run that delivered unseen is taken over only in place of an older one: else it may be what a destroy left. */
function fateOf(point: Point, kind: Kind): Fate {
  if (point === "looking") return "start";
  const hasEnded = point === "ended" || point === "unwatched";
  return hasEnded && kind === "first" ? "name and start another" : "take over";
}

type Kind = "first" | "replacing";

for (const ending of ["^C^C", "SIGKILL"] as const) {
  const title = `engine: an up that is ended by ${ending} at five points at once`;
  // The plugin already ends at the first ^C: see native/cancel.test.ts.
  const shells = ending === "SIGKILL" ? "both" : "dynamic";
  describeEngine(title, { sandboxPer: "suite", moreByHand: points, shells }, (sandbox) => {
    const counted = { cliKills: 0, doubleStarts: 0, lostRuns: 0 };
    let generation = 0;

    after(() => {
      printFigures(`the real CLI, ended by ${ending}`, counted);
    });

    for (let round = 1; round <= rounds; round++) {
      it(`is followed by one that gets the one run of each new resource (${round})`, () =>
        expectOneRunEach("first"));

      it(`is followed by one that gets the one run of each rerun (${round})`, () =>
        expectOneRunEach("replacing"));

      it(`leaves nothing to do, and after a destroy nothing at all (${round})`, async () => {
        const { emulator, project } = sandbox;
        await expectSettled(emulator, project);
        await expectDestroyed(emulator, project);
      });
    }

    async function expectOneRunEach(kind: Kind): Promise<void> {
      const { emulator, project } = sandbox;
      project.program(programOf(++generation));
      const first = project.start(up);
      const { left } = await stopAtAllPoints(emulator, first, generation);
      const ended = await end(first, ending);
      await left;
      await expectTraces(ended);

      const orphans = new Map(points.map((point) => [point, idsOf(point)]));
      for (const id of idsOf("unwatched")) emulator.finish(id);
      const next = project.start(up);
      for (const point of points) await expectFate(next, point, kind, orphans.get(point)?.[0]);
      finishAll(emulator);
      const output = await succeeds(next.ended);

      const recorded = await recordedRuns(project);
      for (const point of points) {
        const runs = runsOf(emulator, point, generation);
        const expected = fateOf(point, kind) === "name and start another" ? 2 : 1;
        counted.doubleStarts += Math.max(runs.length - expected, 0);
        counted.lostRuns += lostRuns(runs, [...recorded.values()], [ended.output, output]).length;
        assert.equal(runs.length, expected, `runs at "${point}"`);
        assert.equal(recorded.get(point), runs.at(-1)?.id);
      }
      counted.cliKills += 1;
    }

    function idsOf(point: Point): readonly string[] {
      return runsOf(sandbox.emulator, point, generation).map(({ id }) => id);
    }

    /** What the user is told, and what the engine notes for itself. */
    async function expectTraces({ code, output, millis }: Ended): Promise<void> {
      const { project } = sandbox;
      assert.notEqual(code, 0, output);
      for (const point of ["waiting", "unwatched", "ended"] as const) {
        const [id = ""] = idsOf(point);
        // A kill can cut the output off right behind the link.
        assert.match(output, new RegExp(`Run ${id} started: https://\\S+/runs/${id}$`, "m"));
      }
      const pending = await project.pendingOperations();
      assert.deepEqual(new Set(pending), new Set(points.map((point) => `creating ${point}`)));
      if (ending === "^C^C") {
        assert.ok(millis < 10_000, `it took ${millis} ms`);
        for (const point of ["waiting", "unwatched", "ended"] as const) {
          assert.match(diagnosticsOf(output, point).join("\n"), /^Run \w+ started: https:/);
        }
        return;
      }
      assert.match(await fails(project.up()), /the stack is currently locked by 1 lock/);
      await succeeds(project.run(["cancel", "--yes"]));
    }

    async function expectFate(
      next: RunningCommand,
      point: Point,
      kind: Kind,
      orphan = "",
    ): Promise<void> {
      const fate = fateOf(point, kind);
      assert.equal(orphan === "", fate === "start", `the run that was started at "${point}"`);
      if (fate === "take over") {
        await next.shows(`Run ${orphan} found by its run key`);
        return;
      }
      if (fate !== "start") await next.shows(`Run ${orphan} was started at `);
      const isNew = (id: string): boolean => id !== orphan;
      await Promise.race([
        sandbox.emulator.whenRun(() => idsOf(point).some(isNew)),
        next.ended.then(({ output }) => assert.fail(`There is no run for "${point}":\n${output}`)),
      ]);
      for (const id of idsOf(point).filter(isNew)) await next.shows(`Run ${id} started`);
    }
  });
}

describeEngine("engine: a preview that is killed", { sandboxPer: "suite" }, (sandbox) => {
  it("leaves no process of the provider behind", async () => {
    const { emulator, project } = sandbox;
    project.program(
      'new apify.TaskRun("prices", { actorTaskId: "janedoe~scrape", trackTask: true });',
    );
    const lookedUp = new Promise<void>((resolve) => {
      emulator.faults.inject({
        endpoint: "getTask",
        fault: { kind: "stall", when: "beforeWork" },
        times: Infinity,
        when: () => {
          resolve();
          return true;
        },
      });
    });
    const command = project.start(["preview"]);
    await lookedUp;
    // Resolves when the host has ended.
    await end(command, "SIGKILL");
  });
});
