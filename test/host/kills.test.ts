import { amount, printFigures } from "../support/figures";
import { shells } from "../support/shell";
import { processOf } from "./support/describeShells";
import { createDraw } from "./support/draw";
import { assertFate, runsAfter } from "./support/fate";
import { killAndDeployAgain } from "./support/kill";
import { points } from "./support/points";
import { lostRuns } from "./support/runs";
import type { Kill } from "./support/kill";

const draw = createDraw();
const rounds = amount({ quick: 1, full: 12 });

const kinds = ["first run", "replacement"] as const;
const ownKey = "commit 4f2c1d9";

interface Case extends Pick<Kill, "point" | "kind"> {
  /** Keys of the user's own to draw from. */
  readonly keys: readonly [string | undefined, ...(string | undefined)[]];
}

/** Every point for both kinds; a key of the user's own is drawn, but for the one case in which it changes the fate. */
const killedCases: readonly Case[] = [
  ...kinds.flatMap((kind) =>
    points.map((point): Case => ({
      point,
      kind,
      keys: kind === "first run" && point === "end unanswered" ? [undefined] : [undefined, ownKey],
    })),
  ),
  { point: "end unanswered", kind: "first run", keys: [ownKey] },
];

/** A start that is held when the plugin is cancelled goes on afterwards, and so is neither late nor lost. */
const cancelledPoints = points.filter((point) => !["start lost", "start late"].includes(point));

const cancelledCases: readonly Case[] = kinds.flatMap((kind) =>
  cancelledPoints.map((point): Case => ({ point, kind, keys: [undefined, ownKey] })),
);

/** How a deployment ends before it is over. */
interface Ending {
  readonly title: string;
  readonly ending: Pick<Kill, "shell" | "by">;
  readonly cases: readonly Case[];
  readonly verb: string;
}

const endings: readonly Ending[] = [
  ...shells.map((shell): Ending => ({
    title: `a deployment whose ${processOf[shell]} is killed`,
    ending: { shell, by: "SIGKILL" },
    cases: killedCases,
    verb: "killed",
  })),
  {
    title: `a deployment whose ${processOf.native} is told of the first ^C by Cancel`,
    ending: { shell: "native", by: "Cancel" },
    cases: cancelledCases,
    verb: "cancelled",
  },
];

for (const { title, ending, cases, verb } of endings) {
  describe(`${title} (seed ${draw.seed})`, () => {
    const counted = { hostKills: 0, doubleStarts: 0, lostRuns: 0 };

    after(() => {
      printFigures(`the ${processOf[ending.shell]}, ${verb}`, counted);
    });

    for (const { point, kind, keys } of cases) {
      const kills = Array.from({ length: rounds }, (): Kill => ({
        ...ending,
        point,
        kind,
        idempotencyKey: draw.oneOf(keys),
        strangers: draw.index(3),
        listedMeta: draw.oneOf(["full", "origin"]),
      }));
      const key = keys[0] === undefined ? "" : " with a key";
      it(`is followed by one that gets the one ${kind}${key}: ${verb} at "${point}"`, async () => {
        for (const kill of kills) {
          const aftermath = await killAndDeployAgain(kill);
          const { recorded, runs, shown } = aftermath;
          counted.hostKills += 1;
          counted.doubleStarts += runs.length - runsAfter(kill);
          counted.lostRuns += lostRuns(runs, [recorded.id], shown).length;
          assertFate(kill, aftermath);
        }
      });
    }
  });
}
