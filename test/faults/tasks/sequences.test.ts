import { faultAnswers } from "../../../emulator";
import { amount, chosenSeed } from "../../support/figures";
import { count, describeFaults } from "../support/describeFaults";
import { createDraw } from "../support/draw";
import { refuseAfter } from "../support/networkFaults";
import { looked } from "../support/tasks/taskAcceptance";
import { begin, expectGoodEnd, taskCases } from "../support/tasks/taskCases";
import { lagOfNewTasks } from "../support/tasks/lag";
import { faultText, taskFaults } from "../support/tasks/taskFaults";
import { faultAt, inScene } from "../support/tasks/taskScenes";
import type { Fault } from "../../../emulator";

const isThorough = amount({ quick: 0, full: 1 }) === 1;
const seed = chosenSeed();
const draw = createDraw(seed);
const allFaults = Object.values(taskFaults).flat();

describeFaults(`two faults in a row (seed ${seed}) at`, () => {
  const pairs = amount({ quick: 2, full: 40 });
  for (const taskCase of taskCases) {
    it(`the requests of ${taskCase.title} leave one task in the end`, async () => {
      for (let pair = 0; pair < pairs; pair++) {
        const faults = [draw.among(allFaults), draw.among(allFaults)];
        const request = draw.between(0, 7);
        const playing = inScene({}, async (scene) => {
          const program = await taskCase.prepare(scene);
          for (const fault of faults) faultAt(scene.world, request, fault);
          await looked(scene, begin(scene, taskCase, program), program);
          scene.world.emulator.faults.clear();
          await expectGoodEnd(scene, taskCase, program);
        });
        await playing.catch((error: unknown) => {
          const where = `${faults.map(faultText).join(" and ")} from request ${request} on`;
          throw new Error(where, { cause: error });
        });
      }
    });
  }
});

describeFaults("a new task that some reads do not find yet", () => {
  const lost: readonly (Fault | undefined)[] = [
    { kind: "reset", when: "afterWork" },
    ...(isThorough ? [undefined, faultAnswers.serverError("done")] : []),
  ];
  for (const taskCase of taskCases) {
    it(`after ${taskCase.title} is the one task in the end`, async () => {
      for (const reads of isThorough ? [1, 2, 3, 5, 9, 30] : [2, 5]) {
        for (const fault of lost) {
          await inScene({}, async (scene) => {
            const program = await taskCase.prepare(scene);
            lagOfNewTasks(scene.world, reads);
            if (fault !== undefined) {
              scene.world.emulator.faults.inject({
                endpoint: "any",
                fault,
                when: ({ method, pathname }) => method === "POST" && pathname === "/v2/actor-tasks",
              });
            }
            await looked(scene, begin(scene, taskCase, program), program);
            await looked(scene, begin(scene, taskCase, program), program);
            scene.world.emulator.faults.clear();
            await expectGoodEnd(scene, { ...taskCase, advice: "is followed" }, program);
          });
        }
      }
    });
  }
});

describeFaults("a connection that cannot be made during", () => {
  for (const taskCase of taskCases) {
    it(`${taskCase.title} is tried again, or all is well the next time`, async () => {
      for (const answers of isThorough ? [0, 1, 2, 3, 4, 5] : [1, 2]) {
        for (const secs of isThorough ? [1, 20, 300] : [20]) {
          await inScene({}, async (scene) => {
            const program = await taskCase.prepare(scene);
            const callOff = await refuseAfter(scene.world, { answers, millis: secs * 1000 });
            // The task may be looked at only when connections are made again.
            await scene.world.time.run(begin(scene, taskCase, program).done);
            callOff();
            await scene.world.time.advance(300_000);
            await scene.watch.afterCommand(scene.stack, [program.tasks.scraper?.adoptTaskId]);
            await expectGoodEnd(scene, taskCase, program);
          });
        }
      }
    });
  }
});

describeFaults("a clock that is off", () => {
  const hour = 3_600_000;
  for (const skewMillis of [-hour, hour, 3e4 * hour]) {
    it(`by ${skewMillis} ms does not matter`, async () => {
      for (const taskCase of isThorough ? taskCases : taskCases.slice(0, 4)) {
        for (const options of [
          { settings: { dateSkewMillis: skewMillis } },
          { aheadMillis: skewMillis },
        ]) {
          await inScene(options, async (scene) => {
            const program = await taskCase.prepare(scene);
            faultAt(scene.world, 2, { kind: "reset", when: "afterWork" });
            count("faults");
            await looked(scene, begin(scene, taskCase, program), program);
            scene.world.emulator.faults.clear();
            await expectGoodEnd(scene, taskCase, program);
          });
        }
      }
    });
  }
});
