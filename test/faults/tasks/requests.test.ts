import assert from "node:assert/strict";
import { amount } from "../../support/figures";
import { describeFaults } from "../support/describeFaults";
import { looked } from "../support/tasks/taskAcceptance";
import { begin, expectGoodEnd, taskCases } from "../support/tasks/taskCases";
import { faultText, taskFaults } from "../support/tasks/taskFaults";
import { faultAt, inScene } from "../support/tasks/taskScenes";
import type { Fault } from "../../../emulator";
import type { TaskCase } from "../support/tasks/taskCases";

/** Every so many faults of a request are tried; the others at the next request. */
const everyNth = amount({ quick: 30, full: 1 });

/** Makes a case with a fault at its n-th request, and deploys until all is well. Tells whether there was a request. */
async function playCase(
  taskCase: TaskCase,
  { request, fault }: { request: number; fault: Fault },
): Promise<"met" | "ended before"> {
  return inScene({}, async (scene) => {
    const program = await taskCase.prepare(scene);
    const injected = faultAt(scene.world, request, fault);
    const errors = await looked(scene, begin(scene, taskCase, program), program);
    const isMet = injected.hits > 0 || fault.kind === "closeReused";
    scene.world.emulator.faults.clear();
    for (const error of errors) assert.ok(error.length < 1_500, error);
    await expectGoodEnd(scene, taskCase, program);
    return isMet ? "met" : "ended before";
  });
}

for (const [what, faults] of Object.entries(taskFaults)) {
  describeFaults(`${what}, at any request of`, () => {
    for (const [index, taskCase] of taskCases.entries()) {
      it(`${taskCase.title}, leaves one task in the end`, async () => {
        for (const [number, fault] of faults.entries()) {
          for (let request = 0; request < 16; request++) {
            if ((request + number + index) % everyNth !== 0) continue;
            const played = await playCase(taskCase, { request, fault }).catch((error: unknown) => {
              throw new Error(`${faultText(fault)} at request ${request}`, { cause: error });
            });
            if (played === "ended before") break;
          }
        }
      });
    }
  });
}
