import assert from "node:assert/strict";
import { amount, noneOfAll, printFigures } from "../support/figures";
import { describeShells, processOf } from "./support/describeShells";
import { stopAt } from "./support/stop";
import { killTaskCreate, taskIds, taskPoints, wantedTask } from "./support/taskKill";
import { openWorld } from "./support/world";

const rounds = amount({ quick: 1, full: 4 });

describeShells(
  (process) => `the create of a task whose ${process} is killed`,
  (shell) => {
    const counted = { hostKills: 0, ...noneOfAll };

    after(() => {
      printFigures(`the ${processOf[shell]}, killed at the create of a task`, counted);
    });

    for (const kind of ["first task", "replacement"] as const) {
      for (const point of taskPoints) {
        it(`is followed by one that has the one ${kind}: killed when ${point.when}`, async () => {
          for (let round = 0; round < rounds; round++) {
            const { id, ids } = await killTaskCreate({ shell, kind, point });
            counted.hostKills += 1;
            counted.doubleCreates += ids.length - 1;
            assert.deepEqual(ids, [id]);
          }
        });
      }
    }
  },
);

describe("the create of a task whose native plugin is told of the first ^C by Cancel", () => {
  for (const { when, request, work } of taskPoints.filter((point) => point.work !== "late")) {
    it(`comes to its end, and the task is recorded: told when ${when}`, async () => {
      const world = await openWorld("native");
      try {
        const host = await world.configuredHost(await world.engine());
        const wanted = wantedTask(world, "obedient");
        const { inputs } = await host.check({}, wanted);
        const { reached, release } = stopAt(world.emulator, request, { work });
        const creating = host.create({ ...wanted, inputs });
        await reached;
        await host.cancel();
        release();
        const { id } = await creating;
        assert.deepEqual(await taskIds(world), [id]);
      } finally {
        await world.close();
      }
    });
  }
});
