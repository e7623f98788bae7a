import assert from "node:assert/strict";
import { amount, noneOfAll, printFigures } from "../support/figures";
import { shells, type Shell } from "../support/shell";
import { processOf } from "./support/describeShells";
import { createDraw } from "./support/draw";
import { assertFate, runsAfter } from "./support/fate";
import { killAndDeployAgain, type Kill } from "./support/kill";
import { points } from "./support/points";
import { lostRuns } from "./support/runs";
import { killTaskCreate, taskPoints } from "./support/taskKill";
import type { Organization } from "./support/world";

const draw = createDraw();
const rounds = amount({ quick: 1, full: 12 });

/** How much of the stack's organization the two shells know; a draw for the plugin's part in it. */
const organizations: readonly (readonly [string, readonly (Organization | undefined)[]])[] = [
  ["an organization that is not known", [undefined]],
  [
    "an organization that is known",
    [
      { name: "acme", toldBy: "program" },
      { name: "acme", toldBy: "configuration" },
    ],
  ],
];

/** The points at which there is a run, or is going to be one. */
const startedPoints = points.filter((point) => !["looking", "start lost"].includes(point));

for (const shell of shells) {
  const next: Shell = shell === "dynamic" ? "native" : "dynamic";
  const [killed, following] = [processOf[shell], processOf[next]];

  describe(`what a killed ${killed} has left (seed ${draw.seed})`, () => {
    const counted = { hostKills: 0, ...noneOfAll };

    after(() => {
      printFigures(`the ${killed}, killed before a move`, counted);
    });

    for (const [where, known] of organizations) {
      it(`is found by the ${following}, if it is a run of ${where}`, async () => {
        for (let round = 0; round < rounds; round++) {
          const kill: Kill = {
            shell,
            next,
            organization: draw.oneOf(known),
            by: "SIGKILL",
            point: draw.oneOf(startedPoints),
            kind: draw.oneOf(["first run", "replacement"]),
            strangers: draw.index(3),
            listedMeta: draw.oneOf(["full", "origin"]),
          };
          const aftermath = await killAndDeployAgain(kill);
          const { recorded, runs, shown } = aftermath;
          counted.hostKills += 1;
          counted.doubleStarts += runs.length - runsAfter(kill);
          counted.lostRuns += lostRuns(runs, [recorded.id], shown).length;
          assertFate(kill, aftermath);
        }
      });

      it(`is used by the ${following}, if it is a task of ${where}`, async () => {
        for (let round = 0; round < rounds; round++) {
          const { id, ids } = await killTaskCreate({
            shell,
            next,
            organization: draw.oneOf(known),
            kind: draw.oneOf(["first task", "replacement"]),
            point: draw.oneOf(taskPoints.filter(({ work }) => work !== "none")),
          });
          counted.hostKills += 1;
          counted.doubleCreates += ids.length - 1;
          assert.deepEqual(ids, [id]);
        }
      });
    }
  });
}
